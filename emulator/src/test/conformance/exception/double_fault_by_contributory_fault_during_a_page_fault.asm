; A #GP or #NP while a #PF is delivered is a #DF.
;
; manual: SDM 3A 6.15, table 6-5
; expect:
;   #DF error=0x0 rip=+0x0
;   #DF error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  double_fault_by_contributory_fault_during_a_page_fault
double_fault_by_contributory_fault_during_a_page_fault:
        mov     ebx, WINDOW
; not present
        mov     byte [idt + VECTOR_PF * 16 + 5], 0x0e
        CATCH   {mov rax, [rbx]}
; a gate to data
        mov     byte [idt + VECTOR_PF * 16 + 5], 0x8e
        mov     word [idt + VECTOR_PF * 16 + 2], KERNEL_DATA
        CATCH   {mov rax, [rbx]}
        ret
