; Fetching an instruction sets the accessed bit of its page.
;
; manual: SDM 3A 4.8
; expect:
;   page=0x20

%include "runtime/conformance.inc"

        section .text
global  accessed_bit_is_set_by_a_fetch
accessed_bit_is_set_by_a_fetch:
        mov     byte [rel scratch], 0xc3
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW
        call    rbx
        mov     rax, [window_table]
        and     eax, PTE_A | PTE_D
        FACT    "page", rax
        ret
