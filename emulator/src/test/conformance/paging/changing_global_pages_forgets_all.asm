; A change of CR4.PGE forgets every translation, those of global pages too.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   read=0x77
;   #PF error=0x0 rip=+0x0 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  changing_global_pages_forgets_all
changing_global_pages_forgets_all:
        SET_CR  cr4, CR4_PGE
        mov     qword [rel scratch], 0x77
        MAP     0, scratch, PTE_P | PTE_W | PTE_G
        mov     ebx, WINDOW
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_table], 0
        CLEAR_CR cr4, CR4_PGE
        CATCH   {mov rax, [rbx]}
        ret
