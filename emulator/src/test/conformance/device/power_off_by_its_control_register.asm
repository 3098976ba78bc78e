; Writing SLP_EN with the sleeping type of S5, which is 0 on QEMU's boards, switches the machine off.
;
; manual: ACPI specification, 4.8.3.2.1
; ends: the guest switched the machine off
; expect:
;   before

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

SLEEP_ENABLE    equ     1 << 13

        section .text
global  power_off_by_its_control_register
power_off_by_its_control_register:
        SAY     "before"
        mov     dx, PM_CONTROL
        mov     eax, SLEEP_ENABLE
        out     dx, ax
.stop:
        hlt
        jmp     .stop
