; In the cluster model a destination's upper four bits name a cluster and the lower four the CPUs in it.
;
; manual: SDM 3A 10.6.2.2
; expect:
;   interrupt 0x40
;   other cluster

%include "runtime/conformance.inc"

        section .text
global  logical_destination_in_the_cluster_model
logical_destination_in_the_cluster_model:
        APIC_WRITE LAPIC_DFR, 0x0fff_ffff
        APIC_WRITE LAPIC_LDR, 0x2400_0000
        APIC_WRITE LAPIC_ICR_HIGH, 0x2700_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_ASSERT | 0x40
        sti
        call    cpus_pause
        APIC_WRITE LAPIC_ICR_HIGH, 0x1400_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_ASSERT | 0x41
        call    cpus_pause
        cli
        SAY     "other cluster"
        APIC_WRITE LAPIC_DFR, 0xffff_ffff
        ret
