; A 32-bit result clears bits 32 to 63 of its register, also where CMOV does not move; 8 and 16 bits leave the
; rest.
;
; manual: SDM 1 3.4.1.1
; expect:
;   add=0x0
;   cmov=0x11223344
;   word=0x1111222233330000
;   byte=0x1111222233334400

%include "runtime/conformance.inc"

        section .text
global  results_of_32_bits_clear_the_upper_half
results_of_32_bits_clear_the_upper_half:
        mov     rax, -1
        add     eax, 1
        FACT    "add", rax
        mov     rax, 0x5566_7788_1122_3344
        xor     ecx, ecx
; ZF is set
        cmovnz  eax, ecx
        FACT    "cmov", rax
        mov     rax, 0x1111_2222_3333_4444
        mov     ax, cx
        FACT    "word", rax
        mov     rax, 0x1111_2222_3333_4444
        mov     al, cl
        FACT    "byte", rax
        ret
