; An entry of a page-directory-pointer table with PS maps 1 GiB, where CPUID has it.
;
; manual: SDM 3A 4.5.4, table 4-16
; expect:
;   read=0x33
;   dirty=0x60

%include "runtime/conformance.inc"

        section .text
global  page_of_1_gib
page_of_1_gib:
        NEED    0x8000_0001, 0, edx, 26, "1 GiB pages"
        mov     qword [rel scratch + 0x40], 0x33
        mov     qword [pointer_table + 4 * 8], PTE_P | PTE_W | PTE_PS
        mov     rbx, (4 << 30) + SCRATCH
        mov     rax, [rbx + 0x40]
        FACT    "read", rax
        mov     [rbx + 0x48], rax
        mov     rax, [pointer_table + 4 * 8]
        and     eax, PTE_A | PTE_D
        FACT    "dirty", rax
        ret
