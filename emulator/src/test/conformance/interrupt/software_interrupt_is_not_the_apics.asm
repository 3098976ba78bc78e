; INT n through a vector leaves ISR alone, and TPR does not hold it back.
;
; manual: SDM 3A 6.4.4, 10.8
; expect:
;   isr=0x0

%include "runtime/conformance.inc"

        section .text
global  software_interrupt_is_not_the_apics
software_interrupt_is_not_the_apics:
        APIC_WRITE LAPIC_TPR, 0xf0
        HANDLE  0x40, .handler
        int     0x40
        ret
.handler:
        APIC_READ LAPIC_ISR + 0x20
        FACT    "isr", rax
        ret
