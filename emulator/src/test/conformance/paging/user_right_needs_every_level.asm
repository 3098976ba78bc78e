; Level 3 reaches a page only if each entry of the walk has U/S; level 0 does not ask for it.
;
; manual: SDM 3A 4.6.1
; expect:
;   no exception
;   #PF error=0x5 rip=+0x0 cr2=0x80000000 cpl=0x3
;   no exception
;   #PF error=0x5 rip=+0x0 cr2=0x80000000 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  user_right_needs_every_level
user_right_needs_every_level:
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     ebx, WINDOW
        CATCH_USER {mov rax, [rbx]}
        and     qword [window_directory], ~PTE_U
        invlpg  [rbx]
        CATCH_USER {mov rax, [rbx]}
        CATCH   {mov rax, [rbx]}
        or      qword [window_directory], PTE_U
        and     qword [pointer_table + 16], ~PTE_U
        mov     rax, cr3
        mov     cr3, rax
        CATCH_USER {mov rax, [rbx]}
        or      qword [pointer_table + 16], PTE_U
        mov     rax, cr3
        mov     cr3, rax
        CATCH_USER {mov rax, [rbx]}
        ret
