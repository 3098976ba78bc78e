; With SVR's enable bit clear the entries of the local vector table are masked and stay so, also when it is set
; again.
;
; manual: SDM 3A 10.4.7.2
; qemu: differs, its entries stay unmasked (SDM 3A 10.4.7.2)
; expect:
;   timer=0x10040
;   unmasked=0x10040
;   enabled again=0x10040

%include "runtime/conformance.inc"

        section .text
global  apic_disabled_by_software
apic_disabled_by_software:
        APIC_WRITE LAPIC_LVT_TIMER, 0x40
        APIC_WRITE LAPIC_SVR, VECTOR_SPURIOUS
        APIC_READ LAPIC_LVT_TIMER
        FACT    "timer", rax
        APIC_WRITE LAPIC_LVT_TIMER, 0x40
        APIC_READ LAPIC_LVT_TIMER
        FACT    "unmasked", rax
        APIC_WRITE LAPIC_SVR, SVR_ENABLE | VECTOR_SPURIOUS
        APIC_READ LAPIC_LVT_TIMER
        FACT    "enabled again", rax
        ret
