; In 32-bit paging as well CR0.WP decides over level 0's writes.
;
; manual: SDM 3A 4.6.1
; expect:
;   #PF error=0x3 rip=+0x0 cr2=0x80400000
;   no exception

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  writing_cr0_without_wp
writing_cr0_without_wp:
        mov     dword [rel scratch + PAGE], PTE_P | PTE_W | PTE_PS
        mov     dword [rel scratch + PAGE + 4], 0x40_0000 | PTE_P | PTE_W | PTE_PS
        mov     dword [rel scratch + PAGE + 513 * 4], 0xc0_0000 | PTE_P | PTE_PS
        LEGACY  TABLES, CR4_PSE, CR0_PG, .narrow
        ret
bits 32
.narrow:
        mov     ebx, WINDOW + 0x40_0000
        LEGACY_CATCH {mov [ebx], eax}
        mov     eax, cr0
        and     eax, ~CR0_WP
        mov     cr0, eax
        LEGACY_CATCH {mov [ebx], eax}
        ret
bits 64
