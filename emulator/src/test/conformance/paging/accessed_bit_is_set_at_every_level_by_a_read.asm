; A read sets the accessed bit of each entry that the walk uses, and no dirty bit.
;
; manual: SDM 3A 4.8
; expect:
;   before=0x0
;   root=0x20
;   pointer=0x20
;   directory=0x20
;   page=0x20

%include "runtime/conformance.inc"

BITS            equ     PTE_A | PTE_D

        section .text
global  accessed_bit_is_set_at_every_level_by_a_read
accessed_bit_is_set_at_every_level_by_a_read:
        call    build_tables
        mov     rax, [rel scratch + 3 * PAGE]
        and     eax, BITS
        FACT    "before", rax
        mov     rbx, 1 << 39
        mov     rax, [rbx]
        mov     rax, [root_table + 8]
        and     eax, BITS
        FACT    "root", rax
        mov     rax, [rel scratch + 1 * PAGE]
        and     eax, BITS
        FACT    "pointer", rax
        mov     rax, [rel scratch + 2 * PAGE]
        and     eax, BITS
        FACT    "directory", rax
        mov     rax, [rel scratch + 3 * PAGE]
        and     eax, BITS
        FACT    "page", rax
        ret
; 512 GiB leads through three tables of its own to the first scratch page
build_tables:
        mov     qword [root_table + 8], scratch + PAGE + (PTE_P | PTE_W | PTE_U)
        mov     qword [rel scratch + 1 * PAGE], scratch + 2 * PAGE + (PTE_P | PTE_W | PTE_U)
        mov     qword [rel scratch + 2 * PAGE], scratch + 3 * PAGE + (PTE_P | PTE_W | PTE_U)
        mov     qword [rel scratch + 3 * PAGE], scratch + (PTE_P | PTE_W | PTE_U)
        ret
