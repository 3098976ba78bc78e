; The deadline reads as 0 once the timer has fired.
;
; manual: SDM 3A 10.5.4.1
; bochs: differs, it keeps the deadline (SDM 3A 10.5.4.1)
; expect:
;   interrupt 0x40
;   deadline=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_by_time_stamp_is_disarmed_when_it_has_fired
timer_by_time_stamp_is_disarmed_when_it_has_fired:
        NEED    1, 0, ecx, 24, "TSC-deadline"
        APIC_WRITE LAPIC_LVT_TIMER, LVT_DEADLINE | 0x40
        WRITE_MSR MSR_TSC_DEADLINE, 1
        sti
        call    cpus_pause
        cli
        READ_MSR MSR_TSC_DEADLINE
        FACT    "deadline", rax
        ret
