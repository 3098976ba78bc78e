; Code that ran before and is overwritten runs as it is now, when it is jumped to again.
;
; manual: SDM 3A 8.1.3
; expect:
;   eax=0x1
;   eax=0x2
;   eax=0x3

%include "runtime/conformance.inc"

        section .text
global  code_that_was_run_and_is_rewritten
code_that_was_run_and_is_rewritten:
        MAP     0, scratch, PTE_P | PTE_W
; mov eax, n; ret
        mov     ebx, WINDOW
        mov     rcx, 0xc3_0000_0001_b8
        mov     [rbx], rcx
        call    .run
        mov     byte [rbx + 1], 2
        call    .run
        inc     byte [rbx + 1]
.run:
        call    rbx
        FACT    "eax", rax
        ret
