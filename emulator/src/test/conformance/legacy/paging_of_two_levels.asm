; 32-bit paging maps 4 KiB by two levels of 1024 entries, with the same error codes, accessed and dirty bits as
; ever.
;
; manual: SDM 3A 4.3, 4.7, 4.8
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80001004
;   #PF error=0x3 rip=+0x0 cr2=0x80002004
;   read=0x42
;   page=0x60
;   directory=0x20

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  paging_of_two_levels
paging_of_two_levels:
        mov     dword [rel scratch], 0x42
; the first 8 MiB through two tables to themselves, 2 GiB through a third
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
        mov     dword [rel scratch + PAGE + 512 * 4], scratch + 4 * PAGE + PTE_P + PTE_W
        mov     dword [rel scratch + 4 * PAGE], scratch + PTE_P + PTE_W
        mov     dword [rel scratch + 4 * PAGE + 8], scratch + PTE_P
        LEGACY  TABLES, 0, CR0_PG, .narrow
        mov     eax, [rel scratch + 8]
        FACT    "read", rax
        mov     eax, [rel scratch + 4 * PAGE]
        and     eax, PTE_A | PTE_D
        FACT    "page", rax
        mov     eax, [rel scratch + PAGE + 512 * 4]
        and     eax, PTE_A | PTE_D
        FACT    "directory", rax
        ret
bits 32
.narrow:
        mov     ebx, WINDOW
        mov     eax, [ebx]
        mov     [ebx + 8], eax
        LEGACY_CATCH {mov eax, [ebx + PAGE + 4]}
        LEGACY_CATCH {mov [ebx + 2 * PAGE + 4], eax}
        ret
bits 64
