; The CPU reads descriptors as level 0 does, also for an instruction of level 3: so under CR4.SMAP not from a page
; of level 3.
;
; manual: SDM 3A 4.6.1
; expect:
;   no exception
;   #PF error=0x1 rip=+0x0 cr2=0x80000008
;   #PF error=0x1 rip=+0x0 cr2=0x80000008 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  implicit_supervisor_access_is_of_level_0_at_level_3
implicit_supervisor_access_is_of_level_0_at_level_3:
        NEED    7, 0, ebx, 20, "SMAP"
; an LDT in a page of level 3
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     rax, 0x00cf_f300_0000_ffff
        mov     [rel scratch + 8], rax
        mov     rax, 0x8000_8200_0000_0fff
        mov     [gdt + LOCAL_TABLE], rax
        mov     eax, LOCAL_TABLE
        lldt    ax
; its second descriptor, at level 3
        mov     ebx, 8 | 4 | 3
        CATCH   {mov ds, ebx}
        SET_CR  cr4, CR4_SMAP
        CATCH   {mov ds, ebx}
        CATCH_USER {mov ds, ebx}
        ret
