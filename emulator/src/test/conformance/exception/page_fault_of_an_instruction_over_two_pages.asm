; An instruction whose last bytes lie in an absent page faults at its start, with CR2 at the absent page.
;
; manual: SDM 3A 4.7, 6.15 (interrupt 14)
; expect:
;   #PF error=0x10 rip=0x80000ffd cr2=0x80001000

%include "runtime/conformance.inc"

        section .text
global  page_fault_of_an_instruction_over_two_pages
page_fault_of_an_instruction_over_two_pages:
; mov eax, imm32 in the last three bytes
        mov     dword [rel scratch + PAGE - 4], 0x0001_b890
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW + PAGE - 3
        CATCH   {jmp rbx}
        ret
