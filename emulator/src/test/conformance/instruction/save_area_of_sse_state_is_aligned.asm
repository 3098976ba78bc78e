; An FXSAVE area that is no multiple of 16 is a #GP(0), for FXRSTOR as well; MOVUPS asks for no alignment.
;
; manual: SDM 2A FXSAVE, FXRSTOR; 2B MOVUPS
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   no exception

%include "runtime/conformance.inc"

        section .text
global  save_area_of_sse_state_is_aligned
save_area_of_sse_state_is_aligned:
        mov     rbx, scratch + 8
        CATCH   {fxsave64 [rbx]}
        CATCH   {fxrstor64 [rbx]}
        CATCH   {movups xmm0, [rbx]}
        ret
