; The other CPUs: started one by one, given routines to call, stopped before the next program.

%include "runtime/conformance.inc"

TRAMPOLINE      equ     0x8000          ; where a CPU that gets the start-up IPI begins, in real mode
LONG_WAIT       equ     20_000
MOST_TRIES      equ     1000
MOST_CPUS       equ     16
STACK_BYTES     equ     2 * PAGE

section .text

; cpus_stop(): all others wait for a start-up IPI again; clobbers rax, rcx
global  cpus_stop
cpus_stop:
        cmp     qword [rel cpus_online], 0
        je      .done
        APIC_WRITE LAPIC_ICR, ICR_OTHERS | ICR_INIT | ICR_ASSERT
        call    cpus_pause
        mov     qword [rel cpus_online], 0
        mov     rdi, cpu_work
        xor     eax, eax
        mov     ecx, MOST_CPUS
        rep     stosq
.done:
        ret

; cpus_pause(): a while; clobbers rcx
global  cpus_pause
cpus_pause:
        mov     ecx, LONG_WAIT
.spin:
        pause
        dec     ecx
        jnz     .spin
        ret

; cpu_start(rdi = APIC id): back when it runs; ends the program when it does not; clobbers what callers save
global  cpu_start
cpu_start:
        push    rdi
        mov     rsi, trampoline
        mov     rdi, TRAMPOLINE
        mov     ecx, trampoline_end - trampoline
        rep     movsb
        pop     rdi
        mov     edx, edi
        shl     edx, ICR_DESTINATION_SHIFT
        APIC_WRITE LAPIC_ICR_HIGH, edx
        APIC_WRITE LAPIC_ICR, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        mov     r8d, MOST_TRIES
.again:
        bt      [rel cpus_online], edi
        jc      .runs
        APIC_WRITE LAPIC_ICR_HIGH, edx
        APIC_WRITE LAPIC_ICR, ICR_STARTUP | ICR_ASSERT | TRAMPOLINE >> 12
        call    cpus_pause
        dec     r8d
        jnz     .again
        push    no_start_text
        call    print_line
        jmp     program_return
.runs:
        ret

; cpu_wait(rdi = APIC id): back when it has done its work; clobbers rcx, r8, flags
global  cpu_wait
cpu_wait:
        mov     r8d, MOST_TRIES * 10
.again:
        cmp     qword [cpu_work + rdi * 8], 0
        je      .done
        call    cpus_pause
        dec     r8d
        jnz     .again
        push    no_return_text
        call    print_line
        jmp     program_return
.done:
        ret

bits 32
cpu_protected:
        mov     eax, KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     eax, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT
        mov     cr4, eax
        mov     eax, root_table
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LME | EFER_NXE | EFER_SCE
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP | CR0_PG
        mov     cr0, eax
        jmp     KERNEL_CODE:cpu_long
bits 64
cpu_long:
        lgdt    [gdt_pointer]
        lidt    [idt_pointer]
        mov     eax, 1
        cpuid
        shr     ebx, 24
        mov     edi, ebx
        mov     eax, ebx
        inc     eax
        imul    rax, rax, STACK_BYTES
        lea     rsp, [rax + cpu_stacks]
        APIC_WRITE LAPIC_SVR, SVR_ENABLE | VECTOR_SPURIOUS
        APIC_WRITE LAPIC_TPR, 0
        lock bts [rel cpus_online], edi
.wait:
        pause
        mov     rax, [cpu_work + rdi * 8]
        test    rax, rax
        jz      .wait
        push    rdi
        push    rdi
        call    rax
        pop     rdi
        pop     rdi
        mov     qword [cpu_work + rdi * 8], 0
        jmp     .wait

section .rodata
no_start_text:  db      "a CPU does not start", 10, 0
no_return_text: db      "a CPU does not come back", 10, 0

; 16-bit code, so in bytes; DS = 0
trampoline:
        db      0xfa                    ; cli
        db      0x31, 0xc0              ; xor ax, ax
        db      0x8e, 0xd8              ; mov ds, ax
        db      0x66, 0x0f, 0x01, 0x16  ; lgdt [.pointer], 32-bit
        dw      TRAMPOLINE + .pointer - trampoline
        db      0x0f, 0x20, 0xc0        ; mov eax, cr0
        db      0x0c, 0x01              ; or al, 1
        db      0x0f, 0x22, 0xc0        ; mov cr0, eax
        db      0x66, 0xea              ; jmp KERNEL_CODE32:cpu_protected
        dd      cpu_protected
        dw      KERNEL_CODE32
.pointer:
        dw      GDT_SIZE - 1
        dd      gdt
trampoline_end:

section .bss
align 8
global  cpus_online, cpu_work
cpus_online:    resb    8               ; a bit for each APIC id that runs
cpu_work:       resb    MOST_CPUS * 8   ; by APIC id: what to call; 0 when it is done
