; An instruction over the edge of two pages changes with either of its parts.
;
; manual: SDM 3A 8.1.3
; expect:
;   eax=0x1234
;   eax=0x5634

%include "runtime/conformance.inc"

        section .text
global  code_that_lies_on_two_pages_is_rewritten
code_that_lies_on_two_pages_is_rewritten:
        MAP     0, scratch, PTE_P | PTE_W
        MAP     1, scratch + PAGE, PTE_P | PTE_W
        mov     ebx, WINDOW + PAGE - 2
        mov     rcx, 0xc3_0000_1234_b8
        mov     [rbx], rcx
        call    .run
        mov     byte [rbx + 2], 0x56
.run:
        call    rbx
        FACT    "eax", rax
        ret
