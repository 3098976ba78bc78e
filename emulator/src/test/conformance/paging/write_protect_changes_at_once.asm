; A change of CR0.WP counts for the next write, without any INVLPG.
;
; manual: SDM 3A 4.6.1, 4.10.2.2
; expect:
;   no exception
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   no exception

%include "runtime/conformance.inc"

        section .text
global  write_protect_changes_at_once
write_protect_changes_at_once:
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW
        CLEAR_CR cr0, CR0_WP
        CATCH   {mov [rbx], rax}
        SET_CR  cr0, CR0_WP
        CATCH   {mov [rbx], rax}
        CLEAR_CR cr0, CR0_WP
        CATCH   {mov [rbx], rax}
        ret
