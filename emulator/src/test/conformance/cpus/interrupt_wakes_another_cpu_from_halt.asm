; A CPU that halts with IF set goes on when another sends it an interrupt.
;
; manual: SDM 2A HLT
; cpus: 2
; expect:
;   woken=0x1

%include "runtime/conformance.inc"

        section .text
global  interrupt_wakes_another_cpu_from_halt
interrupt_wakes_another_cpu_from_halt:
        HANDLE  0x40, .handler
        START_CPU 1
        CPU_CALL 1, .sleep
.again:
        call    cpus_pause
        cmp     qword [rel scratch + 8], 0
        je      .again
        SEND    1, ICR_ASSERT | 0x40
        CPU_WAIT 1
        FACT    "woken", qword [rel scratch]
        ret
.sleep:
        mov     qword [rel scratch + 8], 1
        sti
        hlt
        cli
        ret
.handler:
        lock inc qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
