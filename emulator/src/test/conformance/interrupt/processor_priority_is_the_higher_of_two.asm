; PPR is the class in service or TPR, whichever is higher; TPR's low bits show only when TPR is the higher one.
;
; manual: SDM 3A 10.8.3.1
; expect:
;   ppr=0x35
;   in service ppr=0x40
;   in service ppr=0x57

%include "runtime/conformance.inc"

        section .text
global  processor_priority_is_the_higher_of_two
processor_priority_is_the_higher_of_two:
        APIC_WRITE LAPIC_TPR, 0x35
        APIC_READ LAPIC_PPR
        FACT    "ppr", rax
        HANDLE  0x4a, .handler
        SEND_SELF 0x4a
        sti
        nop
        nop
        cli
        ret
.handler:
        APIC_READ LAPIC_PPR
        FACT    "in service ppr", rax
        APIC_WRITE LAPIC_TPR, 0x57
        APIC_READ LAPIC_PPR
        FACT    "in service ppr", rax
        APIC_WRITE LAPIC_EOI, 0
        ret
