; For SMEP and SMAP a page is level 3's only if each entry of the walk has U/S.
;
; manual: SDM 3A 4.6.1
; expect:
;   #PF error=0x1 rip=+0x0 cr2=0x80000000
;   no exception

%include "runtime/conformance.inc"

        section .text
global  supervisor_protections_look_at_every_level
supervisor_protections_look_at_every_level:
        NEED    7, 0, ebx, 20, "SMAP"
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        SET_CR  cr4, CR4_SMAP
        mov     ebx, WINDOW
        CATCH   {mov rax, [rbx]}
        and     qword [window_directory], ~PTE_U
        invlpg  [rbx]
        CATCH   {mov rax, [rbx]}
        ret
