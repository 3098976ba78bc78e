; An absent entry at an upper level is a #PF without P, whatever stands below it.
;
; manual: SDM 3A 4.7
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80000000
;   #PF error=0x4 rip=+0x0 cr2=0x8000000000 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  absent_upper_level_hides_the_rest
absent_upper_level_hides_the_rest:
        MAP     0, scratch, PTE_P
        and     qword [window_directory], ~PTE_P
        mov     ebx, WINDOW
        invlpg  [rbx]
        CATCH   {mov [rbx], rax}
        mov     rbx, 1 << 39
        CATCH_USER {mov rax, [rbx]}
        ret
