; A periodic timer starts over by itself; an initial count of 0 stops it.
;
; manual: SDM 3A 10.5.4
; expect:
;   three
;   stopped
;   count=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_fires_again_and_again
timer_fires_again_and_again:
        HANDLE  0x40, .handler
        TIMER   LVT_PERIODIC | 0x40, 20_000
        AWAIT   scratch, 3
        cmp     qword [rel scratch], 3
        jb      .late
        SAY     "three"
.late:
        APIC_WRITE LAPIC_TIMER_INITIAL, 0
; what is pending still comes
        sti
        call    cpus_pause
        cli
        mov     rbx, [rel scratch]
        sti
        call    cpus_pause
        call    cpus_pause
        call    cpus_pause
        call    cpus_pause
        cli
        cmp     rbx, [rel scratch]
        jne     .runs
        SAY     "stopped"
.runs:
        APIC_READ LAPIC_TIMER_CURRENT
        FACT    "count", rax
        ret
.handler:
        inc     qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
