; An entry that leads back to its own table shows the table as a page.
;
; manual: SDM 3A 4.5
; expect:
;   same

%include "runtime/conformance.inc"

        section .text
global  tables_that_contain_themselves
tables_that_contain_themselves:
; entry 511 of the PML4 leads to the PML4
        mov     qword [root_table + 511 * 8], root_table + (PTE_P | PTE_W)
        mov     rbx, 0xffff_ffff_ffff_f000
        mov     rax, [rbx]
        cmp     rax, [root_table]
        jne     .other
        SAY     "same"
.other:
        mov     qword [root_table + 511 * 8], 0
        mov     rax, cr3
        mov     cr3, rax
        ret
