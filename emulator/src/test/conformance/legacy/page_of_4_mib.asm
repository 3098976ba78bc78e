; With CR4.PSE a directory entry with PS maps 4 MiB.
;
; manual: SDM 3A 4.3, table 4-4
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80800000
;   read=0x42
;   dirty=0x60

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  page_of_4_mib
page_of_4_mib:
        mov     dword [rel scratch], 0x42
; the first 8 MiB to themselves, and again 4 MiB of them at 2 GiB
        mov     dword [rel scratch + PAGE], PTE_P | PTE_W | PTE_PS
        mov     dword [rel scratch + PAGE + 4], 0x40_0000 | PTE_P | PTE_W | PTE_PS
        mov     dword [rel scratch + PAGE + 513 * 4], 0x40_0000 | PTE_P | PTE_W | PTE_PS
        LEGACY  TABLES, CR4_PSE, CR0_PG, .narrow
        mov     eax, [rel scratch + 8]
        FACT    "read", rax
        mov     eax, [rel scratch + PAGE + 513 * 4]
        and     eax, PTE_A | PTE_D
        FACT    "dirty", rax
        ret
bits 32
.narrow:
        mov     ebx, WINDOW + 0x40_0000
        mov     eax, [ebx + SCRATCH - 0x40_0000]
        mov     [ebx + SCRATCH - 0x40_0000 + 8], eax
        LEGACY_CATCH {mov [ebx + 0x40_0000], eax}
        ret
bits 64
