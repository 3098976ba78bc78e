; PAE paging has three levels of 64-bit entries: four pointers, directories and tables of 512, with XD where
; EFER.NXE says so.
;
; manual: SDM 3A 4.4, 4.7
; expect:
;   #PF error=0x11 rip=0x80000000 cr2=0x80000000
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   #PF error=0x0 rip=+0x0 cr2=0xc0000000
;   read=0x42
;   page=0x60

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  paging_with_physical_address_extension
paging_with_physical_address_extension:
        mov     dword [rel scratch], 0x42
        call    .map
        mov     rax, PTE_NX
        or      [rel scratch + 4 * PAGE], rax
        LEGACY  TABLES, CR4_PAE, CR0_PG, .narrow
        mov     eax, [rel scratch + 8]
        FACT    "read", rax
        mov     eax, [rel scratch + 4 * PAGE]
        and     eax, PTE_A | PTE_D
        FACT    "page", rax
        ret
; four pages of 2 MiB to themselves, and one of 4 KiB at 2 GiB
.map:
        mov     qword [rel scratch + PAGE], scratch + 2 * PAGE + PTE_P
        mov     qword [rel scratch + PAGE + 16], scratch + 3 * PAGE + PTE_P
        mov     rdi, scratch + 2 * PAGE
        mov     eax, PTE_P | PTE_W | PTE_PS
.entry:
        mov     [rdi], rax
        add     rdi, 8
        add     eax, LARGE_PAGE
        cmp     eax, 4 * LARGE_PAGE
        jb      .entry
        mov     qword [rel scratch + 3 * PAGE], scratch + 4 * PAGE + PTE_P + PTE_W
        mov     qword [rel scratch + 4 * PAGE], scratch + PTE_P + PTE_W
        ret
bits 32
.narrow:
        mov     ebx, WINDOW
        mov     eax, [ebx]
        mov     [ebx + 8], eax
        LEGACY_CATCH {jmp ebx}
        LEGACY_CATCH {mov [ebx + PAGE], eax}
        LEGACY_CATCH {mov eax, [ebx + 0x4000_0000]}
        ret
bits 64
