; Writing 0 to the deadline disarms the timer; in another mode the register reads as 0 and takes nothing.
;
; manual: SDM 3A 10.5.4.1
; expect:
;   fired=0x0
;   other mode=0x0
;   count=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_by_time_stamp_is_disarmed_by_0
timer_by_time_stamp_is_disarmed_by_0:
        NEED    1, 0, ecx, 24, "TSC-deadline"
        HANDLE  0x40, .handler
        APIC_WRITE LAPIC_LVT_TIMER, LVT_DEADLINE | 0x40
        rdtsc
        add     eax, 200_000
        adc     edx, 0
        mov     ecx, MSR_TSC_DEADLINE
        wrmsr
        WRITE_MSR MSR_TSC_DEADLINE, 0
; an initial count means nothing in this mode
        APIC_WRITE LAPIC_TIMER_INITIAL, 1000
        sti
        mov     ebx, 20
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        cli
        FACT    "fired", qword [rel scratch]
        APIC_WRITE LAPIC_LVT_TIMER, 0x40
        rdtsc
        inc     edx
        mov     ecx, MSR_TSC_DEADLINE
        wrmsr
        READ_MSR MSR_TSC_DEADLINE
        FACT    "other mode", rax
        APIC_READ LAPIC_TIMER_CURRENT
        FACT    "count", rax
        ret
.handler:
        inc     qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
