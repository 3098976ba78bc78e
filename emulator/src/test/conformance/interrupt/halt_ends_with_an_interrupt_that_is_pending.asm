; HLT with an interrupt pending and IF set ends at once.
;
; manual: SDM 2A HLT
; expect:
;   interrupt 0x40
;   on we go

%include "runtime/conformance.inc"

        section .text
global  halt_ends_with_an_interrupt_that_is_pending
halt_ends_with_an_interrupt_that_is_pending:
        SEND_SELF 0x40
        sti
        hlt
        cli
        SAY     "on we go"
        ret
