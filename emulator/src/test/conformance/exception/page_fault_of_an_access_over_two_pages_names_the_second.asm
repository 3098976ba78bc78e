; An access that crosses into an absent page has its CR2 at the first byte there, and nothing is written before
; it.
;
; manual: SDM 3A 4.7, 6.15 (interrupt 14)
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   memory=0x0
;   #PF error=0x0 rip=+0x0 cr2=0x80001000
;   #PF error=0x2 rip=+0x0 cr2=0x80000ffc

%include "runtime/conformance.inc"

        section .text
global  page_fault_of_an_access_over_two_pages_names_the_second
page_fault_of_an_access_over_two_pages_names_the_second:
        MAP     0, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW + PAGE - 4
        mov     rax, -1
        CATCH   {mov [rbx], rax}
        FACT    "memory", qword [rel scratch + PAGE - 8]
        CATCH   {mov rcx, [rbx]}
        MAP     0, scratch, 0
        MAP     1, scratch, PTE_P | PTE_W
        CATCH   {mov [rbx], rax}
        ret
