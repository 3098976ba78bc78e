; A masked timer counts down to 0 and requests nothing, also when it is unmasked afterwards.
;
; manual: SDM 3A 10.5.4
; expect:
;   count=0x0
;   irr=0x0
;   unmasked irr=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_that_is_masked_counts_in_silence
timer_that_is_masked_counts_in_silence:
        TIMER   LVT_MASKED | 0x40, 1000
        AWAIT   scratch, 1
        APIC_READ LAPIC_TIMER_CURRENT
        FACT    "count", rax
        APIC_READ LAPIC_IRR + 0x20
        FACT    "irr", rax
        APIC_WRITE LAPIC_LVT_TIMER, 0x40
        call    cpus_pause
        APIC_READ LAPIC_IRR + 0x20
        FACT    "unmasked irr", rax
        ret
