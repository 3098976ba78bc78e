; With CR4.SMAP an access of level 0 to a page of level 3 is a #PF with P, unless EFLAGS.AC is set; STAC and CLAC
; set and clear it.
;
; manual: SDM 3A 4.6.1, 4.7; 2B STAC, CLAC
; expect:
;   #PF error=0x1 rip=+0x0 cr2=0x80000000
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   read=0x1234
;   #PF error=0x1 rip=+0x0 cr2=0x80000000
;   no exception

%include "runtime/conformance.inc"

        section .text
global  page_fault_by_supervisor_mode_access_prevention
page_fault_by_supervisor_mode_access_prevention:
        NEED    7, 0, ebx, 20, "SMAP"
        SET_CR  cr4, CR4_SMAP
        mov     qword [rel scratch], 0x1234
        MAP     0, scratch, PTE_P | PTE_W | PTE_U
        mov     ebx, WINDOW
        CATCH   {mov rax, [rbx]}
        CATCH   {mov [rbx], rax}
        stac
        mov     rax, [rbx]
        clac
        FACT    "read", rax
        CATCH   {mov rax, [rbx]}
        CATCH_USER {mov rax, [rbx]}
        ret
