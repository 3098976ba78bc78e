; A logical destination is a mask in the flat model: each CPU whose LDR has one of its bits takes it.
;
; manual: SDM 3A 10.6.2.2
; expect:
;   interrupt 0x40
;   other bit

%include "runtime/conformance.inc"

        section .text
global  logical_destination_in_the_flat_model
logical_destination_in_the_flat_model:
        APIC_WRITE LAPIC_LDR, 0x0400_0000
        APIC_WRITE LAPIC_ICR_HIGH, 0x0600_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_ASSERT | 0x40
        sti
        call    cpus_pause
        APIC_WRITE LAPIC_ICR_HIGH, 0x0300_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_ASSERT | 0x41
        call    cpus_pause
        cli
        SAY     "other bit"
        ret
