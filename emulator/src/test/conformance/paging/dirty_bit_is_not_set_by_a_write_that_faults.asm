; A write that is refused for want of a right sets no dirty bit.
;
; manual: SDM 3A 4.8
; expect:
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   dirty=0x0
;   #PF error=0x7 rip=+0x0 cr2=0x80001000 cpl=0x3
;   dirty=0x0

%include "runtime/conformance.inc"

        section .text
global  dirty_bit_is_not_set_by_a_write_that_faults
dirty_bit_is_not_set_by_a_write_that_faults:
        MAP     0, scratch, PTE_P
        MAP     1, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        CATCH   {mov [rbx], rax}
        mov     rax, [window_table]
        and     eax, PTE_D
        FACT    "dirty", rax
        CATCH_USER {mov [rbx + PAGE], rax}
        mov     rax, [window_table + 8]
        and     eax, PTE_D
        FACT    "dirty", rax
        ret
