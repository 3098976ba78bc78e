; After INVLPG the new entry counts, be it another page or none.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   read=0x11
;   read=0x22
;   #PF error=0x0 rip=+0x0 cr2=0x80000008

%include "runtime/conformance.inc"

        section .text
global  invlpg_forgets_a_translation
invlpg_forgets_a_translation:
        mov     qword [rel scratch], 0x11
        mov     qword [rel scratch + PAGE], 0x22
        MAP     0, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_table], scratch + PAGE + PTE_P
        invlpg  [rbx + 0xfff]
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_table], 0
        invlpg  [rbx]
        CATCH   {mov rax, [rbx + 8]}
        ret
