; A #PF while a #PF is delivered is a #DF with error code 0, and CR2 is that of the second.
;
; manual: SDM 3A 6.15, table 6-5
; expect:
;   #DF error=0x0 rip=+0x0
;   cr2=0x80001ff8

%include "runtime/conformance.inc"

        section .text
global  double_fault_by_page_fault_during_a_page_fault
double_fault_by_page_fault_during_a_page_fault:
; IST2 lies in an absent page
        mov     eax, WINDOW + 2 * PAGE
        mov     [tss + TSS_IST1 + 8], rax
        mov     byte [idt + VECTOR_PF * 16 + 4], 2
        mov     ebx, WINDOW
        CATCH   {mov rax, [rbx]}
        FACT    "cr2", qword [rel last_cr2]
        ret
