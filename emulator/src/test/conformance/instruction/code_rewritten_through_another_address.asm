; A store through another mapping of the page changes the code as well.
;
; manual: SDM 3A 8.1.3
; expect:
;   eax=0x1
;   eax=0x7

%include "runtime/conformance.inc"

        section .text
global  code_rewritten_through_another_address
code_rewritten_through_another_address:
        MAP     0, scratch, PTE_P
        MAP     1, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        mov     rcx, 0xc3_0000_0001_b8
        mov     [rbx + PAGE], rcx
        call    .run
        mov     byte [rbx + PAGE + 1], 7
; a jump or a serialising instruction comes between
        xor     eax, eax
        cpuid
        mov     ebx, WINDOW
.run:
        call    rbx
        FACT    "eax", rax
        ret
