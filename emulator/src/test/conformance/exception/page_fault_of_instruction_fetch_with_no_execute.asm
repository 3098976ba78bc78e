; A fetch from a page with XD is a #PF whose error code has I/D; with EFER.NXE a fetch from an absent page has it
; too.
;
; manual: SDM 3A 4.7
; expect:
;   #PF error=0x11 rip=0x80000010 cr2=0x80000010
;   #PF error=0x10 rip=0x80001010 cr2=0x80001010
;   #PF error=0x15 rip=0x80000010 cr2=0x80000010 cpl=0x3
;   #PF error=0x14 rip=0x80001010 cr2=0x80001010 cpl=0x3
;   #PF error=0x15 rip=0x80002010 cr2=0x80002010 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  page_fault_of_instruction_fetch_with_no_execute
page_fault_of_instruction_fetch_with_no_execute:
        MAP     0, scratch, PTE_P | PTE_U | PTE_NX
        MAP     2, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW + 0x10
        mov     esi, WINDOW + PAGE + 0x10
        mov     edi, WINDOW + 2 * PAGE + 0x10
        CATCH   {jmp rbx}
        CATCH   {jmp rsi}
        CATCH_USER {jmp rbx}
        CATCH_USER {jmp rsi}
        CATCH_USER {jmp rdi}
        ret
