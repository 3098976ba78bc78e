; A reserved bit in an entry that is used for a translation is a #PF with P and RSVD, at every level of the
; tables.
;
; manual: SDM 3A 4.5.4, tables 4-14 to 4-20; 4.7
; qemu: differs, P is clear beside RSVD (SDM 3A 4.7: reserved bits are looked at in present entries only)
; expect:
;   #PF error=0x9 rip=+0x0 cr2=0x80000008
;   #PF error=0xb rip=+0x0 cr2=0x80000008
;   #PF error=0xd rip=+0x0 cr2=0x80000008 cpl=0x3
;   #PF error=0x9 rip=+0x0 cr2=0x80200008
;   #PF error=0x9 rip=+0x0 cr2=0x100000008
;   #PF error=0x9 rip=+0x0 cr2=0x8000000000

%include "runtime/conformance.inc"

        section .text
global  page_fault_by_reserved_bit
page_fault_by_reserved_bit:
; bit 51 of an address lies beyond what any of the machines has
        mov     r8, 1 << 51
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        or      [window_table], r8
        mov     ebx, WINDOW
        invlpg  [rbx]
        mov     ebx, WINDOW + 8
        CATCH   {mov rax, [rbx]}
        CATCH   {mov [rbx], rax}
        CATCH_USER {mov rax, [rbx]}
; a large page whose address is no multiple of its size
        mov     qword [window_directory + 8], large_scratch + PAGE * 4 + (PTE_P | PTE_W | PTE_PS)
        mov     ebx, WINDOW + LARGE_PAGE + 8
        CATCH   {mov rax, [rbx]}
; PS in a PML4 entry is reserved; a PDPT entry with bit 51
        mov     qword [pointer_table + 4 * 8], scratch + (PTE_P | PTE_W)
        or      [pointer_table + 4 * 8], r8
        mov     ebx, WINDOW
        lea     rbx, [rbx * 2 + 8]
        CATCH   {mov rax, [rbx]}
        mov     qword [root_table + 8], scratch + (PTE_P | PTE_W | PTE_PS)
        mov     rbx, 1 << 39
        CATCH   {mov rax, [rbx]}
        ret
