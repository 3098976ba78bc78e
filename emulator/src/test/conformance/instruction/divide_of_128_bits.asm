; DIV divides RDX:RAX by 64 bits, IDIV rounds towards 0 and the remainder has the dividend's sign.
;
; manual: SDM 2A DIV, IDIV
; expect:
;   quotient=0x8000000000000000
;   remainder=0x1
;   quotient=0xfffffffffffffffd
;   remainder=0xffffffffffffffff

%include "runtime/conformance.inc"

        section .text
global  divide_of_128_bits
divide_of_128_bits:
        mov     edx, 1
        mov     eax, 1
        mov     ecx, 2
        div     rcx
        FACT    "quotient", rax
        FACT    "remainder", rdx
        mov     rax, -7
        cqo
        idiv    rcx
        FACT    "quotient", rax
        FACT    "remainder", rdx
        ret
