; What is written through one address is read through the other at once.
;
; manual: SDM 3A 4.9.2
; expect:
;   read=0xcc

%include "runtime/conformance.inc"

        section .text
global  two_addresses_of_one_page
two_addresses_of_one_page:
        MAP     0, scratch, PTE_P | PTE_W
        MAP     5, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        mov     rax, [rbx + 5 * PAGE]
        mov     qword [rbx], 0xcc
        mov     rax, [rbx + 5 * PAGE]
        FACT    "read", rax
        ret
