; INVLPG forgets the translation of a global page as well.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   read=0x88
;   #PF error=0x0 rip=+0x0 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  global_page_is_forgotten_by_invlpg
global_page_is_forgotten_by_invlpg:
        SET_CR  cr4, CR4_PGE
        mov     qword [rel scratch], 0x88
        MAP     0, scratch, PTE_P | PTE_W | PTE_G
        mov     ebx, WINDOW
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_table], 0
        invlpg  [rbx]
        CATCH   {mov rax, [rbx]}
        ret
