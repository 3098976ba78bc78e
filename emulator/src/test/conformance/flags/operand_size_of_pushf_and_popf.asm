; A 16-bit POPF changes the low half of RFLAGS alone, and a 16-bit PUSHF pushes it in two bytes.
;
; manual: SDM 2B POPF, PUSHF
; expect:
;   flags: CF AC ID
;   bytes=0x2

%include "runtime/conformance.inc"

        section .text
global  operand_size_of_pushf_and_popf
operand_size_of_pushf_and_popf:
        push    FLAG_AC | FLAG_ID
        popfq
        mov     rbx, rsp
; push 1 as a word; popfw
        db      0x66, 0x6a, 1
        db      0x66, 0x9d
        pushfq
        pop     rax
; pushfw
        db      0x66, 0x9c
        sub     rbx, rsp
        add     rsp, 2
        push    FLAG_1
        popfq
        FLAGS   "flags", rax, FLAG_CF | FLAG_AC | FLAG_ID
        FACT    "bytes", rbx
        ret
