; An entry that becomes present is seen at once: the CPU remembers no absence.
;
; manual: SDM 3A 4.10.4.3
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80000000
;   read=0x44

%include "runtime/conformance.inc"

        section .text
global  present_page_needs_no_invalidation
present_page_needs_no_invalidation:
        mov     qword [rel scratch], 0x44
        mov     ebx, WINDOW
        CATCH   {mov rax, [rbx]}
        mov     qword [window_table], scratch + PTE_P
        mov     rax, [rbx]
        FACT    "read", rax
        ret
