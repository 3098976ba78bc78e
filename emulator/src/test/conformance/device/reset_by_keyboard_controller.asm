; Pulsing the lowest bit of the keyboard controller's output port resets the machine.
;
; manual: IBM PC/AT Technical Reference, keyboard controller (command FE)
; ends: the guest reset the machine: the keyboard controller
; expect:
;   before

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

        section .text
global  reset_by_keyboard_controller
reset_by_keyboard_controller:
        SAY     "before"
        PUT     KEYBOARD_COMMAND, 0xfe
.stop:
        hlt
        jmp     .stop
