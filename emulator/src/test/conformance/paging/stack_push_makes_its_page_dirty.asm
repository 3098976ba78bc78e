; The CPU's own pushes are writes: an interrupt frame makes its stack's page dirty.
;
; manual: SDM 3A 4.8
; expect:
;   before=0x0
;   after=0x60

%include "runtime/conformance.inc"

        section .text
global  stack_push_makes_its_page_dirty
stack_push_makes_its_page_dirty:
        MAP     0, scratch, PTE_P | PTE_W
        mov     rax, [window_table]
        and     eax, PTE_A | PTE_D
        FACT    "before", rax
        HANDLE  0x40, .handler
        mov     eax, WINDOW + PAGE
        mov     [tss + TSS_IST1 + 8], rax
        mov     byte [idt + 0x40 * 16 + 4], 2
        int     0x40
        mov     rax, [window_table]
        and     eax, PTE_A | PTE_D
        FACT    "after", rax
        ret
.handler:
        ret
