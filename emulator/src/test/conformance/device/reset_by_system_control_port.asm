; Bit 0 of system control port A, when it rises, resets the machine.
;
; manual: IBM PS/2 Technical Reference, system control port A
; ends: the guest reset the machine: system control port A
; expect:
;   before

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

        section .text
global  reset_by_system_control_port
reset_by_system_control_port:
        SAY     "before"
        PUT     SYSTEM_CONTROL_A, 2
        PUT     SYSTEM_CONTROL_A, 3
.stop:
        hlt
        jmp     .stop
