; A fixed interrupt that a CPU sends to itself comes through its vector as soon as IF is set.
;
; manual: SDM 3A 10.6.1
; expect:
;   interrupt 0x40
;   after

%include "runtime/conformance.inc"

        section .text
global  sent_to_oneself_is_taken_with_if_set
sent_to_oneself_is_taken_with_if_set:
        sti
        SEND_SELF 0x40
        call    cpus_pause
        cli
        SAY     "after"
        ret
