; A one-shot timer fires once and stands at 0.
;
; manual: SDM 3A 10.5.4
; expect:
;   fired=0x1
;   count=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_fires_once
timer_fires_once:
        HANDLE  0x40, .handler
        TIMER   0x40, 1000
        AWAIT   scratch, 1
        sti
        call    cpus_pause
        cli
        FACT    "fired", qword [rel scratch]
        APIC_READ LAPIC_TIMER_CURRENT
        FACT    "count", rax
        ret
.handler:
        inc     qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
