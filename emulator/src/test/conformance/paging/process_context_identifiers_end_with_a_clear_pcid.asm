; CR4.PCIDE can be cleared at any time, which forgets everything.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  process_context_identifiers_end_with_a_clear_pcid
process_context_identifiers_end_with_a_clear_pcid:
        NEED    1, 0, ecx, 17, "PCID"
        MAP     0, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        SET_CR  cr4, CR4_PCIDE
        mov     eax, root_table + 7
        mov     cr3, rax
        mov     rax, [rbx]
        mov     qword [window_table], 0
        CLEAR_CR cr4, CR4_PCIDE
        CATCH   {mov rax, [rbx]}
        ret
