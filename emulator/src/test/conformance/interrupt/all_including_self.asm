; The shorthand for all CPUs sends to the sender as well.
;
; manual: SDM 3A 10.6.1
; expect:
;   interrupt 0x40

%include "runtime/conformance.inc"

        section .text
global  all_including_self
all_including_self:
        APIC_WRITE LAPIC_ICR, ICR_ALL | ICR_ASSERT | 0x40
        sti
        call    cpus_pause
        cli
        ret
