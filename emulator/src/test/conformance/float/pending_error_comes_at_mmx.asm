; An MMX instruction, EMMS and a conversion from an MMX register raise a pending x87 exception like those that wait;
; SSE instructions do not look.
;
; manual: SDM 1 9.6.4; 3A 12.5; 2A CVTPI2PS
; qemu: differs, TCG raises it at WAIT only (SDM 3A 12.5)
; expect:
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   #MF rip=+0x0
;   no exception
;   no exception

%include "runtime/conformance.inc"

        section .text
global  pending_error_comes_at_mmx
pending_error_comes_at_mmx:
        mov     rbx, scratch
        mov     word [rbx + 64], 0x37b
        fninit
        fldcw   [rbx + 64]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
        CATCH   {movq mm0, [rbx]}
        CATCH   {paddb mm0, mm1}
        CATCH   {emms}
        CATCH   {cvtpi2ps xmm0, mm0}
        CATCH   {addps xmm0, xmm1}
        CATCH   {movq xmm0, [rbx]}
        fninit
        ret
