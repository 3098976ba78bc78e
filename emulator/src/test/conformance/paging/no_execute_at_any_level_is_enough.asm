; XD in any entry of the walk forbids fetching from all that lies below it.
;
; manual: SDM 3A 4.6.1
; expect:
;   no exception
;   #PF error=0x11 rip=0x80000000 cr2=0x80000000
;   #PF error=0x11 rip=0x80000000 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  no_execute_at_any_level_is_enough
no_execute_at_any_level_is_enough:
; int VECTOR_MISSED
        mov     word [rel scratch], VECTOR_MISSED << 8 | 0xcd
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     ebx, WINDOW
        CATCH   {jmp rbx}
        mov     rcx, PTE_NX
        or      [window_directory], rcx
        invlpg  [rbx]
        CATCH   {jmp rbx}
        xor     [window_directory], rcx
        or      [pointer_table + 16], rcx
        mov     rax, cr3
        mov     cr3, rax
        CATCH   {jmp rbx}
        ret
