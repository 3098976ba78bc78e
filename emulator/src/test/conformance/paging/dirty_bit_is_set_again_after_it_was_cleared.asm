; Clearing the dirty bit and INVLPG makes the next write set it again.
;
; manual: SDM 3A 4.8, 4.10.4.2
; expect:
;   cleared=0x20
;   again=0x60

%include "runtime/conformance.inc"

BITS            equ     PTE_A | PTE_D

        section .text
global  dirty_bit_is_set_again_after_it_was_cleared
dirty_bit_is_set_again_after_it_was_cleared:
        MAP     0, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        mov     [rbx], rax
        and     qword [window_table], ~PTE_D
        invlpg  [rbx]
        mov     rax, [rbx]
        mov     rax, [window_table]
        and     eax, BITS
        FACT    "cleared", rax
        mov     [rbx], rax
        mov     rax, [window_table]
        and     eax, BITS
        FACT    "again", rax
        ret
