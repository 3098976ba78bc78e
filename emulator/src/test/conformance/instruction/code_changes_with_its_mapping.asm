; After INVLPG the same address runs the other page's code.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   eax=0x1
;   eax=0x2

%include "runtime/conformance.inc"

        section .text
global  code_changes_with_its_mapping
code_changes_with_its_mapping:
        mov     rcx, 0xc3_0000_0001_b8
        mov     [rel scratch], rcx
        inc     ch
        mov     rcx, 0xc3_0000_0002_b8
        mov     [rel scratch + PAGE], rcx
        mov     ebx, WINDOW
        MAP     0, scratch, PTE_P
        call    .run
        MAP     0, scratch + PAGE, PTE_P
.run:
        call    rbx
        FACT    "eax", rax
        ret
