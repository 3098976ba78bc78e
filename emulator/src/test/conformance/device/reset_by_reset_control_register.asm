; The reset control register resets the machine when its bit 2 is written, hard with bit 1.
;
; manual: Intel 82371AB data sheet, RC register
; ends: the guest reset the machine: the reset control register
; expect:
;   before

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

        section .text
global  reset_by_reset_control_register
reset_by_reset_control_register:
        SAY     "before"
        PUT     RESET_CONTROL, 6
.stop:
        hlt
        jmp     .stop
