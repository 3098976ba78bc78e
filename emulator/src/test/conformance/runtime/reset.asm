; The state in which every program begins, whatever the one before it has left: see docs/conformance.md.

%include "runtime/machine.inc"

IDT_INTERRUPT   equ     0x8e00
IDT_USER        equ     0xee00
PAT_RESET       equ     0x0007_0406_0007_0406
MXCSR_RESET     equ     0x1f80
DR6_RESET       equ     0xffff_0ff0
DR7_RESET       equ     0x400

section .text

; machine_reset(): clobbers everything but rsp
global  machine_reset
machine_reset:
        push    FLAG_1
        popfq
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP | CR0_PG
        mov     cr0, rax
        mov     rax, cr4
        test    eax, CR4_OSXSAVE
        jz      .no_xsave
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 1
        xsetbv
.no_xsave:
        xor     eax, eax
        mov     dr7, rax
        mov     eax, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT
        mov     cr4, rax
        mov     eax, boot_root
        mov     cr3, rax
        call    apic_enable
        call    cpus_stop
        mov     rdi, trap_state
        mov     ecx, trap_state_bytes
        call    clear
        mov     word [rel interrupts_quiet], 0
        call    reset_segments
        call    reset_tables
        call    reset_msrs
        call    reset_debug
        fninit
        push    MXCSR_RESET
        ldmxcsr [rsp]
        pop     rax
        jmp     reset_interrupts

; clear(rdi = where, ecx = bytes): bytes is a multiple of 8
clear:
        shr     ecx, 3
        xor     eax, eax
        rep     stosq
        ret

reset_segments:
        mov     rdi, gdt
        mov     ecx, 5 * PAGE           ; IDT and TSS as well
        call    clear
        mov     rsi, gdt_template
        mov     rdi, gdt
        mov     ecx, LOCAL_TABLE / 8
        rep     movsq
        mov     rax, tss
        mov     edx, eax
        shl     eax, 16
        or      [gdt + TASK], rax
        shr     edx, 16
        mov     [gdt + TASK + 4], dl
        mov     [gdt + TASK + 7], dh
        lgdt    [gdt_pointer]
        push    KERNEL_CODE
        push    .reload
        retfq
.reload:
        mov     eax, KERNEL_DATA
        mov     ss, eax
        mov     eax, USER_DATA          ; survives a change to level 3
        mov     ds, eax
        mov     es, eax
        xor     eax, eax
        mov     fs, eax
        mov     gs, eax
        lldt    ax

        mov     rdi, idt
        mov     rdx, trap_stubs
        mov     ecx, VECTORS
.gate:
        mov     [rdi], dx
        mov     word [rdi + 2], KERNEL_CODE
        mov     word [rdi + 4], IDT_INTERRUPT
        mov     rax, rdx
        shr     rax, 16
        mov     [rdi + 6], eax
        shr     rax, 16
        mov     [rdi + 8], eax
        add     rdi, 16
        add     rdx, 8
        loop    .gate
        mov     byte [idt + VECTOR_BP * 16 + 5], IDT_USER >> 8
        mov     byte [idt + VECTOR_OF * 16 + 5], IDT_USER >> 8
        mov     byte [idt + VECTOR_LEAVE * 16 + 5], IDT_USER >> 8
        mov     byte [idt + VECTOR_MISSED * 16 + 5], IDT_USER >> 8
        mov     byte [idt + VECTOR_DF * 16 + 4], 1
        lidt    [idt_pointer]

        mov     qword [tss + TSS_RSP0], rsp0_stack_end
        mov     rdi, tss + TSS_IST1
        mov     rax, ist_stacks + PAGE
.ist:
        mov     [rdi], rax
        add     rdi, 8
        add     rax, PAGE
        cmp     rdi, tss + TSS_IST1 + 7 * 8
        jb      .ist
        mov     word [tss + TSS_IO_BASE], NO_IO_MAP
        mov     rdi, tss + TSS_IO_MAP
        mov     ecx, 0x2001
        mov     al, 0xff
        rep     stosb
        mov     eax, TASK
        ltr     ax
        ret

; CR3 holds the boot tables meanwhile.
reset_tables:
        mov     rdi, root_table
        mov     ecx, 7 * PAGE
        call    clear
        mov     rdi, scratch
        mov     ecx, SCRATCH_PAGES * PAGE
        call    clear
        mov     qword [root_table], pointer_table + (PTE_P | PTE_W | PTE_U)
        mov     qword [pointer_table], low_directory + (PTE_P | PTE_W)
        mov     qword [pointer_table + 8], user_directory + (PTE_P | PTE_W | PTE_U)
        mov     qword [pointer_table + 16], window_directory + (PTE_P | PTE_W | PTE_U)
        mov     qword [pointer_table + 24], device_directory + (PTE_P | PTE_W)
        mov     qword [window_directory], window_table + (PTE_P | PTE_W | PTE_U)
        xor     ecx, ecx
        mov     eax, PTE_P | PTE_W | PTE_PS
.large:
        mov     [low_directory + rcx * 8], rax
        or      eax, PTE_U
        mov     [user_directory + rcx * 8], rax
        and     eax, ~PTE_U
        add     eax, LARGE_PAGE
        inc     ecx
        cmp     ecx, 32
        jb      .large
        mov     eax, IOAPIC | PTE_P | PTE_W | PTE_PS | PTE_PCD | PTE_PWT
        mov     [device_directory + (IOAPIC >> 21 & 511) * 8], rax
        mov     eax, LAPIC | PTE_P | PTE_W | PTE_PS | PTE_PCD | PTE_PWT
        and     eax, ~0x1f_e000
        mov     [device_directory + (LAPIC >> 21 & 511) * 8], rax
        mov     eax, root_table
        mov     cr3, rax
        ret

reset_msrs:
        mov     rsi, msr_values
        mov     edi, (msr_values_end - msr_values) / 16
.next:
        mov     ecx, [rsi]
        mov     eax, [rsi + 8]
        mov     edx, [rsi + 12]
        wrmsr
        add     rsi, 16
        dec     edi
        jnz     .next
        mov     eax, 0x8000_0001
        cpuid
        bt      edx, 27                 ; RDTSCP, and so TSC_AUX
        jnc     .done
        mov     ecx, MSR_TSC_AUX
        xor     eax, eax
        xor     edx, edx
        wrmsr
.done:
        ret

reset_debug:
        xor     eax, eax
        mov     dr0, rax
        mov     dr1, rax
        mov     dr2, rax
        mov     dr3, rax
        mov     cr2, rax
        mov     eax, DR6_RESET
        mov     dr6, rax
        mov     eax, DR7_RESET
        mov     dr7, rax
        ret

section .rodata
global  gdt_pointer, idt_pointer
align 8
gdt_template:
        dq      0
        dq      0x00af_9b00_0000_ffff   ; KERNEL_CODE
        dq      0x00cf_9300_0000_ffff   ; KERNEL_DATA
        dq      0x00cf_fb00_0000_ffff   ; USER_CODE32
        dq      0x00cf_f300_0000_ffff   ; USER_DATA
        dq      0x00af_fb00_0000_ffff   ; USER_CODE
        dq      0x00cf_9b00_0000_ffff   ; KERNEL_CODE32
        dq      0x0000_8900_0000_0000 | TSS_SIZE - 1
        dq      0
gdt_pointer:
        dw      GDT_SIZE - 1
        dq      gdt
align 8
idt_pointer:
        dw      VECTORS * 16 - 1
        dq      idt
align 8
msr_values:
        dq      MSR_EFER, EFER_LME | EFER_LMA | EFER_NXE | EFER_SCE
        dq      MSR_STAR, (USER_CODE32 << 16 | KERNEL_CODE) << 32
        dq      MSR_LSTAR, 0
        dq      MSR_CSTAR, 0
        dq      MSR_FMASK, 0
        dq      MSR_FS_BASE, 0
        dq      MSR_GS_BASE, 0
        dq      MSR_KERNEL_GS_BASE, 0
        dq      MSR_PAT, PAT_RESET
msr_values_end:
