; An SSE operand that has to be aligned and is not is a #GP with error code 0; MOVUPS does not ask for it.
;
; manual: SDM 2A table 2-21; 2B MOVAPS
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   no exception
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  sse_operand_not_aligned
sse_operand_not_aligned:
        mov     rbx, scratch + 8
        CATCH   {movaps xmm0, [rbx]}
        CATCH   {addps xmm0, [rbx]}
        CATCH   {movups xmm0, [rbx]}
        CATCH   {fxsave64 [rbx]}
        ret
