; In TSC-deadline mode the timer fires when the time stamp reaches the deadline; one in the past fires at once.
;
; manual: SDM 3A 10.5.4.1
; expect:
;   armed
;   fired=0x1
;   past=0x2

%include "runtime/conformance.inc"

        section .text
global  timer_by_time_stamp
timer_by_time_stamp:
        NEED    1, 0, ecx, 24, "TSC-deadline"
        HANDLE  0x40, .handler
        APIC_WRITE LAPIC_LVT_TIMER, LVT_DEADLINE | 0x40
        rdtsc
        shl     rdx, 32
        or      rax, rdx
; far enough to be read back
        mov     rbx, 1 << 40
        add     rbx, rax
        mov     rdx, rbx
        mov     rax, rbx
        shr     rdx, 32
        mov     ecx, MSR_TSC_DEADLINE
        wrmsr
        rdmsr
        shl     rdx, 32
        or      rax, rdx
        cmp     rax, rbx
        jne     .lost
        SAY     "armed"
.lost:
        rdtsc
        add     eax, 50_000
        adc     edx, 0
        mov     ecx, MSR_TSC_DEADLINE
        wrmsr
        AWAIT   scratch, 1
        FACT    "fired", qword [rel scratch]
        WRITE_MSR MSR_TSC_DEADLINE, 1
        AWAIT   scratch, 2
        FACT    "past", qword [rel scratch]
        ret
.handler:
        inc     qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
