; A page can be written only if each entry of the walk has R/W.
;
; manual: SDM 3A 4.6.1
; expect:
;   no exception
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   #PF error=0x7 rip=+0x0 cr2=0x80000000 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  write_right_needs_every_level
write_right_needs_every_level:
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     ebx, WINDOW
        CATCH   {mov [rbx], rax}
        and     qword [window_directory], ~PTE_W
        invlpg  [rbx]
        CATCH   {mov [rbx], rax}
        CATCH_USER {mov [rbx], rax}
        CATCH_USER {mov rax, [rbx]}
        ret
