; A write at level 3 to a page that is present and read-only is a #PF with error code 7: P, W/R and U/S.
;
; manual: SDM 3A 4.7, 6.15 (interrupt 14)
; expect:
;   #PF error=0x7 rip=+0x0 cr2=0x80000123 cpl=0x3
;   memory=0x0

%include "runtime/conformance.inc"

        section .text
global  page_fault_write_to_read_only_user_page
page_fault_write_to_read_only_user_page:
        MAP     0, scratch, PTE_P | PTE_U
        mov     ebx, WINDOW + 0x123
        mov     ecx, 7
        CATCH_USER {mov [rbx], ecx}
        FACT    "memory", qword [rel scratch + 0x120]
        ret
