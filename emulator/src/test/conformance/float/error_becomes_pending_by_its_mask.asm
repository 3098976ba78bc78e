; A flag that is set makes its exception pending when FLDCW or FLDENV take the mask away, and FLDCW ends it by setting
; the mask. The instruction that does so raises nothing yet; ES in the image that FLDENV loads counts for nothing.
;
; manual: SDM 1 8.1.3.3, 8.6; 2A FLDCW, FLDENV
; qemu: differs, TCG does not compute ES again (SDM 2A FLDCW)
; expect:
;   masked status=0x4
;   no exception
;   status=0x8084
;   #MF rip=+0x0
;   no exception
;   status=0x8084
;   #MF rip=+0x0
;   status=0x4
;   no exception

%include "runtime/conformance.inc"

; Without TOP and the condition codes.
%macro STATUS name
        fnstsw  ax
        and     eax, 0x80ff
        FACT    %name, rax
%endmacro

        section .text
global  error_becomes_pending_by_its_mask
error_becomes_pending_by_its_mask:
        mov     rbx, scratch
        mov     word [rbx + 64], 0x37b
        fninit
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
        STATUS  "masked status"
        CATCH   {fldcw [rbx + 64]}
        STATUS  "status"
        CATCH   {fwait}
; the environment as it is, but for ES and B
        fnstenv [rbx]
        and     word [rbx + 4], 0x7f7f
        mov     word [rbx], 0x37b
        fnclex
        CATCH   {fldenv [rbx]}
        STATUS  "status"
        CATCH   {fwait}
; ES and B without an exception
        or      word [rbx + 4], 0x8080
        mov     word [rbx], 0x37f
        fnclex
        fldenv  [rbx]
        STATUS  "status"
        CATCH   {fwait}
        fninit
        ret
