; AAM with base 0 is a #DE in 32-bit code.
;
; manual: SDM 2A AAM
; expect:
;   #DE rip=+0x0 cpl=0x3
;   eax=0x205

%include "runtime/conformance.inc"

        section .text
global  adjust_by_zero
adjust_by_zero:
        TRY     .zero
        ENTER_COMPAT FLAG_1
bits 32
; aam 0
        db      0xd4, 0
bits 64
        CAUGHT  .zero
        mov     eax, 25
        TRY     .ten
        ENTER_COMPAT FLAG_1
bits 32
; aam
        db      0xd4, 10
        LEAVE
bits 64
        CAUGHT  .ten
        FACT    "eax", rax
        ret
