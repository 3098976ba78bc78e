; FNSTSW, FNSTCW, FNSTENV, FXSAVE, FNSAVE, FNCLEX and FNINIT do not wait: a pending x87 exception passes them.
; FNSAVE, FNCLEX and FNINIT end it.
;
; manual: SDM 1 8.6, 8.7
; expect:
;   no exception
;   no exception
;   no exception
;   no exception
;   status=0x8084
;   no exception
;   no exception
;   status=0x0
;   no exception
;   no exception
;   no exception
;   no exception

%include "runtime/conformance.inc"

; One divided by zero, which is not masked.
%macro MAKE_PENDING
        fninit
        fldcw   [rbx + 8]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
%endmacro

        section .text
global  pending_error_passes_what_does_not_wait
pending_error_passes_what_does_not_wait:
        mov     rbx, scratch
        mov     word [rbx + 8], 0x37b
        MAKE_PENDING
        CATCH   {fnstsw [rbx]}
        CATCH   {fnstcw [rbx]}
        CATCH   {fnstenv [rbx + 64]}
        CATCH   {fxsave64 [rbx + 0x400]}
        movzx   eax, word [rbx + 64 + 4]
        and     eax, 0x80ff
        FACT    "status", rax
        CATCH   {fnclex}
        CATCH   {fwait}
        fnstsw  ax
        and     eax, 0x80ff
        FACT    "status", rax
        MAKE_PENDING
        CATCH   {fnsave [rbx + 0x200]}
        CATCH   {fwait}
        MAKE_PENDING
        CATCH   {fninit}
        CATCH   {fwait}
        ret
