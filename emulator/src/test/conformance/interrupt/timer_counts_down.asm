; The current count starts at the initial one and falls; writing the initial count starts over.
;
; manual: SDM 3A 10.5.4
; expect:
;   falls
;   starts over

%include "runtime/conformance.inc"

        section .text
global  timer_counts_down
timer_counts_down:
        TIMER   LVT_MASKED | 0x40, 0xffff_ffff
        call    cpus_pause
        APIC_READ LAPIC_TIMER_CURRENT
        mov     ebx, eax
        cmp     eax, 0xffff_ffff
        je      .stands
        call    cpus_pause
        APIC_READ LAPIC_TIMER_CURRENT
        cmp     eax, ebx
        jae     .stands
        SAY     "falls"
.stands:
        APIC_WRITE LAPIC_TIMER_INITIAL, 0x1000_0000
        APIC_READ LAPIC_TIMER_CURRENT
        cmp     eax, 0x1000_0000
        ja      .runs_on
        SAY     "starts over"
.runs_on:
        ret
