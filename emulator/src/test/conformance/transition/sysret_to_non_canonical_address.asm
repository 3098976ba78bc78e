; SYSRETQ with RCX not canonical is a #GP(0) on Intel, at level 0 still.
;
; manual: SDM 2B SYSRET
; qemu: differs, -cpu max is an AMD CPU, which faults at the target (APM 3 SYSRET)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  sysret_to_non_canonical_address
sysret_to_non_canonical_address:
        mov     rcx, 1 << 47
        mov     r11d, FLAG_1
        CATCH   {sysretq}
        ret
