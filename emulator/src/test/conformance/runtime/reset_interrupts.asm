; Interrupt controllers as every program finds them: nothing unmasked, nothing pending, nothing in service.

%include "runtime/conformance.inc"

MOST_ROUNDS     equ     512
IOAPIC_INPUTS   equ     24

section .text

; reset_interrupts(): clobbers everything but rsp
global  reset_interrupts
reset_interrupts:
        call    reset_pics
        call    reset_ioapic
        call    apic_enable
        mov     rsi, apic_values
.next:
        mov     edi, [rsi]
        mov     eax, [rsi + 4]
        mov     [rdi], eax
        add     rsi, 8
        cmp     rsi, apic_values_end
        jb      .next
        xor     eax, eax
        mov     cr8, rax

; What is pending is taken without a word; what is in service ends.
        mov     byte [rel interrupts_quiet], 1
        mov     ebp, MOST_ROUNDS
.drain:
        mov     edi, LAPIC + LAPIC_IRR
        call    any_bit
        mov     r8d, eax
        mov     edi, LAPIC + LAPIC_ISR
        call    any_bit
        or      r8d, eax
        jz      .quiet
        test    eax, eax
        jz      .open
        APIC_WRITE LAPIC_EOI, 0
.open:
        sti
        nop
        nop
        cli
        dec     ebp
        jnz     .drain
.quiet:
        mov     byte [rel interrupts_quiet], 0
        ret

; edi = the first of eight registers; eax = all of them, ored
any_bit:
        xor     eax, eax
        mov     ecx, 8
.next:
        or      eax, [rdi]
        add     edi, 16
        loop    .next
        ret

global  apic_enable
; apic_enable(): by memory, whatever mode it was in; clobbers rax, rcx, rdx
apic_enable:
        mov     ecx, MSR_APIC_BASE
        rdmsr
        test    eax, APIC_BASE_X2APIC
        jz      .memory
        and     eax, ~(APIC_BASE_X2APIC | APIC_BASE_ENABLE)
        wrmsr
.memory:
        and     eax, APIC_BASE_BSP
        or      eax, LAPIC | APIC_BASE_ENABLE
        xor     edx, edx
        wrmsr
        ret

reset_pics:
        mov     rsi, pic_values
.next:
        movzx   edx, byte [rsi]
        mov     al, [rsi + 1]
        out     dx, al
        add     rsi, 2
        cmp     rsi, pic_values_end
        jb      .next
        ret

reset_ioapic:
        mov     edi, IOAPIC
        mov     ecx, IOAPIC_REDIRECTION + IOAPIC_INPUTS * 2 - 2
.next:
        mov     [rdi], ecx
        mov     dword [rdi + IOAPIC_DATA], REDIRECT_MASKED
        inc     ecx
        mov     [rdi], ecx
        mov     dword [rdi + IOAPIC_DATA], 0
        sub     ecx, 3
        cmp     ecx, IOAPIC_REDIRECTION
        jge     .next
        ret

section .rodata
%macro REGISTER register, value
        dd      LAPIC + (%register), %value
%endmacro
align 8
apic_values:
        REGISTER LAPIC_SVR, SVR_ENABLE | VECTOR_SPURIOUS
        REGISTER LAPIC_LVT_TIMER, LVT_MASKED
        REGISTER LAPIC_LVT_THERMAL, LVT_MASKED
        REGISTER LAPIC_LVT_PERF, LVT_MASKED
        REGISTER LAPIC_LVT_LINT0, LVT_MASKED
        REGISTER LAPIC_LVT_LINT1, LVT_MASKED
        REGISTER LAPIC_LVT_ERROR, LVT_MASKED
        REGISTER LAPIC_TIMER_INITIAL, 0
        REGISTER LAPIC_TIMER_DIVIDE, 0
        REGISTER LAPIC_DFR, 0xffff_ffff
        REGISTER LAPIC_LDR, 0
        REGISTER LAPIC_ESR, 0
        REGISTER LAPIC_ESR, 0
apic_values_end:

; Both PICs from the start, all masked; the PIT's first counter waits for a count (8259A and 8254 data sheets).
pic_values:
        db      PIC1 + 1, 0xff, PIC2 + 1, 0xff
        db      PIC1, 0x11, PIC2, 0x11
        db      PIC1 + 1, PIC_BASE, PIC2 + 1, PIC_BASE + 8
        db      PIC1 + 1, 4, PIC2 + 1, 2
        db      PIC1 + 1, 1, PIC2 + 1, 1
        db      PIC1 + 1, 0xff, PIC2 + 1, 0xff
        db      PIT_CONTROL, 0x30
pic_values_end:
