; A write sets the dirty bit of the entry that maps the page, and of no other; reading before does not stand in
; its way.
;
; manual: SDM 3A 4.8
; expect:
;   after a read=0x20
;   after a write=0x60
;   directory=0x20

%include "runtime/conformance.inc"

BITS            equ     PTE_A | PTE_D

        section .text
global  dirty_bit_is_set_by_a_write_in_the_last_entry
dirty_bit_is_set_by_a_write_in_the_last_entry:
        MAP     0, scratch, PTE_P | PTE_W
        and     qword [window_directory], ~PTE_A
        mov     ebx, WINDOW
        invlpg  [rbx]
        mov     rax, [rbx]
        mov     rax, [window_table]
        and     eax, BITS
        FACT    "after a read", rax
        mov     [rbx], rax
        mov     rax, [window_table]
        and     eax, BITS
        FACT    "after a write", rax
        mov     rax, [window_directory]
        and     eax, BITS
        FACT    "directory", rax
        ret
