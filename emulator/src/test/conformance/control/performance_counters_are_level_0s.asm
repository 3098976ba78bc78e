; RDPMC at level 3 without CR4.PCE is a #GP(0).
;
; manual: SDM 2B RDPMC
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  performance_counters_are_level_0s
performance_counters_are_level_0s:
        xor     ecx, ecx
        CATCH_USER {rdpmc}
        ret
