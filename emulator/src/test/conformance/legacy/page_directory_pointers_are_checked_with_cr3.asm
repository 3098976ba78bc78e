; A write of CR3 in PAE paging with reserved bits in one of the four pointers is a #GP(0), and CR3 stays.
;
; manual: SDM 3A 4.4.1
; qemu: differs, TCG does not look at the pointers before it walks (SDM 3A 4.4.1)
; expect:
;   no exception
;   #GP error=0x0 rip=+0x0
;   same

%include "runtime/conformance.inc"

TABLES          equ     SCRATCH + PAGE

        section .text
global  page_directory_pointers_are_checked_with_cr3
page_directory_pointers_are_checked_with_cr3:
        mov     qword [rel scratch + PAGE], scratch + 2 * PAGE + PTE_P
        mov     rdi, scratch + 2 * PAGE
        mov     eax, PTE_P | PTE_W | PTE_PS
.entry:
        mov     [rdi], rax
        add     rdi, 8
        add     eax, LARGE_PAGE
        cmp     eax, 4 * LARGE_PAGE
        jb      .entry
        LEGACY  TABLES, CR4_PAE, CR0_PG, .narrow
        cmp     dword [rel scratch], TABLES
        jne     .changed
        SAY     "same"
.changed:
        ret
bits 32
.narrow:
        mov     eax, cr3
        LEGACY_CATCH {mov cr3, eax}
; R/W is reserved in a pointer
        mov     dword [scratch + PAGE + 8], SCRATCH + 3 * PAGE + PTE_P + PTE_W
        or      eax, 8
        LEGACY_CATCH {mov cr3, eax}
        mov     eax, cr3
        mov     [scratch], eax
        mov     dword [scratch + PAGE + 8], 0
        ret
bits 64
