; With CR0.EM set x87 instructions are a #NM, and those of MMX and SSE a #UD.
;
; manual: SDM 3A 2.5, table 2-2; 6.15 (interrupts 6 and 7)
; expect:
;   #NM rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   no exception

%include "runtime/conformance.inc"

        section .text
global  device_not_available_by_emulation
device_not_available_by_emulation:
        SET_CR  cr0, CR0_EM
        CATCH   {fld1}
        CATCH   {movq mm0, rax}
        CATCH   {movd xmm0, eax}
        CATCH   {fwait}
        ret
