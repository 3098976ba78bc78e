; EOI clears the highest bit of ISR, whichever handler writes it.
;
; manual: SDM 3A 10.8.5
; expect:
;   both=0x2
;   both=0x4
;   low=0x2
;   high=0x0

%include "runtime/conformance.inc"

        section .text
global  end_of_interrupt_ends_the_highest_in_service
end_of_interrupt_ends_the_highest_in_service:
        HANDLE  0x41, .low
        HANDLE  0x62, .high
        SEND_SELF 0x41
        sti
        nop
        nop
        cli
        ret
.low:
        SEND_SELF 0x62
        sti
        call    cpus_pause
        cli
        APIC_WRITE LAPIC_EOI, 0
        APIC_READ LAPIC_ISR + 0x20
        FACT    "low", rax
        APIC_READ LAPIC_ISR + 0x30
        FACT    "high", rax
        APIC_WRITE LAPIC_EOI, 0
        ret
.high:
; returns without an EOI of its own
        APIC_READ LAPIC_ISR + 0x20
        FACT    "both", rax
        APIC_READ LAPIC_ISR + 0x30
        FACT    "both", rax
        ret
