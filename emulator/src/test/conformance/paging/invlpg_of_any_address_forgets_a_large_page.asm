; INVLPG with any address inside forgets the whole large page.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   read=0x55
;   #PF error=0x0 rip=+0x0 cr2=0x80200000

%include "runtime/conformance.inc"

        section .text
global  invlpg_of_any_address_forgets_a_large_page
invlpg_of_any_address_forgets_a_large_page:
        mov     qword [rel large_scratch], 0x55
        mov     qword [window_directory + 8], LARGE_SCRATCH | PTE_P | PTE_W | PTE_PS
        mov     ebx, WINDOW + LARGE_PAGE
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_directory + 8], 0
        invlpg  [rbx + LARGE_PAGE - 1]
        CATCH   {mov rax, [rbx]}
        ret
