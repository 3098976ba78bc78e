; A #DF that cannot be delivered, here for want of a stack, ends the machine.
;
; manual: SDM 3A 6.15 (interrupt 8)
; ends: triple fault
; expect:
;   now

%include "runtime/conformance.inc"

        section .text
global  triple_fault_by_the_stack_of_the_double_fault
triple_fault_by_the_stack_of_the_double_fault:
        mov     eax, WINDOW + PAGE
        mov     [tss + TSS_IST1], rax
        mov     byte [idt + VECTOR_PF * 16 + 5], 0
        SAY     "now"
        mov     ebx, WINDOW
        mov     rax, [rbx]
        ret
