; CR8 holds interrupts back like TPR, and lowering it lets them in.
;
; manual: SDM 3A 10.8.6
; expect:
;   held
;   interrupt 0x5f

%include "runtime/conformance.inc"

        section .text
global  cr8_holds_back_as_the_task_priority_does
cr8_holds_back_as_the_task_priority_does:
        mov     eax, 5
        mov     cr8, rax
        SEND_SELF 0x5f
        sti
        call    cpus_pause
        SAY     "held"
        xor     eax, eax
        mov     cr8, rax
        nop
        nop
        cli
        ret
