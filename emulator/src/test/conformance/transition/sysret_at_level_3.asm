; SYSRET at level 3 is a #GP with error code 0.
;
; manual: SDM 2B SYSRET
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  sysret_at_level_3
sysret_at_level_3:
        CATCH_USER {sysretq}
        ret
