; An entry without P has no reserved bits: the #PF says absent and nothing else.
;
; manual: SDM 3A 4.7
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80000008

%include "runtime/conformance.inc"

        section .text
global  page_fault_ignores_reserved_bits_of_an_absent_entry
page_fault_ignores_reserved_bits_of_an_absent_entry:
        mov     rax, -2
        mov     [window_table], rax
        mov     ebx, WINDOW + 8
        CATCH   {mov rax, [rbx]}
        ret
