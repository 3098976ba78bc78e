; CR0.WP decides whether level 0 may write to a read-only page; without it the write reaches the page.
;
; manual: SDM 3A 4.6.1
; expect:
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   no exception
;   memory=0x77
;   #PF error=0x7 rip=+0x0 cr2=0x80000000 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  page_fault_in_ring_0_respects_write_protect
page_fault_in_ring_0_respects_write_protect:
        MAP     0, scratch, PTE_P | PTE_U
        mov     ebx, WINDOW
        mov     ecx, 0x77
        CATCH   {mov [rbx], rcx}
        CLEAR_CR cr0, CR0_WP
        CATCH   {mov [rbx], rcx}
        FACT    "memory", qword [rel scratch]
        CATCH_USER {mov [rbx], rcx}
        ret
