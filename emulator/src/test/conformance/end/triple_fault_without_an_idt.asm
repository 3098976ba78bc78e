; An exception with an empty IDT is a #GP, then a #DF, and then the end of the machine.
;
; manual: SDM 3A 6.15 (interrupt 8)
; ends: triple fault
; expect:
;   now

%include "runtime/conformance.inc"

        section .text
global  triple_fault_without_an_idt
triple_fault_without_an_idt:
        mov     qword [rel scratch], 0
        mov     qword [rel scratch + 8], 0
        SAY     "now"
        lidt    [rel scratch]
        ud2
        ret
