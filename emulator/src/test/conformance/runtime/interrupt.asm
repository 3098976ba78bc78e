; What an interrupt without a handler of the program does: print its line and be acknowledged where it came from.

%include "runtime/machine.inc"

X2APIC_EOI      equ     0x80b
X2APIC_ISR      equ     0x810
MOST_ROUNDS     equ     200

section .text

; ebx = vector; clobbers what callers save, rbx stays
global  interrupt_default
interrupt_default:
        cmp     byte [rel interrupts_quiet], 0
        jne     interrupt_end
        lea     rsi, [rel interrupt_text]
        call    print_text
        mov     edi, ebx
        call    print_hex
        call    print_newline
        cmp     byte [rel interrupts_open], 0
        jne     interrupt_done

; interrupt_end(ebx = vector): EOI to the local APIC where it serves the vector, else to the PICs
global  interrupt_end
interrupt_end:
        call    apic_serves
        jc      apic_eoi
        mov     eax, ebx
        sub     eax, PIC_BASE
        cmp     eax, 16
        jae     interrupt_done
        cmp     eax, 8
        mov     al, PIC_EOI
        jb      .first
        out     PIC2, al
.first:
        out     PIC1, al
interrupt_done:
        ret

; apic_eoi(): in whichever mode the local APIC is; clobbers rax, rcx, rdx
global  apic_eoi
apic_eoi:
        mov     ecx, MSR_APIC_BASE
        rdmsr
        test    eax, APIC_BASE_X2APIC
        jz      .memory
        mov     ecx, X2APIC_EOI
        xor     eax, eax
        xor     edx, edx
        wrmsr
        ret
.memory:
        mov     eax, LAPIC + LAPIC_EOI
        mov     dword [rax], 0
        ret

; apic_serves(ebx = vector): CF = its bit in ISR; clobbers rax, rcx, rdx
global  apic_serves
apic_serves:
        mov     ecx, MSR_APIC_BASE
        rdmsr
        test    eax, APIC_BASE_ENABLE
        jz      .no
        test    eax, APIC_BASE_X2APIC
        jz      .memory
        mov     ecx, ebx
        shr     ecx, 5
        add     ecx, X2APIC_ISR
        rdmsr
        jmp     .test
.memory:
        mov     ecx, ebx
        shr     ecx, 5
        shl     ecx, 4
        mov     eax, LAPIC + LAPIC_ISR
        mov     eax, [rax + rcx]
.test:
        mov     ecx, ebx
        and     ecx, 31
        bt      eax, ecx
        ret
.no:
        clc
        ret

; interrupts_await(rdi = counter, rsi = number): with interrupts open, until it is reached or for a while
global  interrupts_await
interrupts_await:
        mov     r8d, MOST_ROUNDS
.again:
        cmp     [rdi], rsi
        jae     .done
        sti
        call    cpus_pause
        cli
        dec     r8d
        jnz     .again
.done:
        ret

section .rodata
interrupt_text: db      "interrupt ", 0

section .bss
global  interrupts_quiet, interrupts_open
interrupts_quiet: resb  1               ; 1: no lines
interrupts_open: resb   1               ; 1: no EOI
