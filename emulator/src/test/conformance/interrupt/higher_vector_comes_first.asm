; Of several pending interrupts the one with the highest vector is taken first.
;
; manual: SDM 3A 10.8.3
; expect:
;   interrupt 0x62
;   interrupt 0x53
;   interrupt 0x51
;   interrupt 0x41

%include "runtime/conformance.inc"

        section .text
global  higher_vector_comes_first
higher_vector_comes_first:
        SEND_SELF 0x51
        SEND_SELF 0x41
        SEND_SELF 0x62
        SEND_SELF 0x53
        sti
        nop
        nop
        nop
        nop
        nop
        nop
        cli
        ret
