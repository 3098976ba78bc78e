; Without CR4.PSE the PS bit of a directory entry is ignored: it leads to a table.
;
; manual: SDM 3A 4.3, table 4-5
; expect:
;   read=0x42

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  page_size_bit_without_its_enable_bit
page_size_bit_without_its_enable_bit:
        mov     dword [rel scratch], 0x42
        mov     rdi, scratch + 2 * PAGE
        mov     eax, PTE_P | PTE_W
.entry:
        mov     [rdi], eax
        add     rdi, 4
        add     eax, PAGE
        cmp     eax, 2048 * PAGE
        jb      .entry
        mov     dword [rel scratch + PAGE], scratch + 2 * PAGE + PTE_P + PTE_W
        mov     dword [rel scratch + PAGE + 4], scratch + 3 * PAGE + PTE_P + PTE_W
        mov     dword [rel scratch + PAGE + 512 * 4], scratch + 4 * PAGE + PTE_P + PTE_W + PTE_PS
        mov     dword [rel scratch + 4 * PAGE], scratch + PTE_P + PTE_W
        LEGACY  TABLES, 0, CR0_PG, .narrow
        mov     eax, [rel scratch + 8]
        FACT    "read", rax
        ret
bits 32
.narrow:
        mov     ebx, WINDOW
        mov     eax, [ebx]
        mov     [ebx + 8], eax
        ret
bits 64
