; Each CPU's local APIC has a timer of its own, and its interrupt comes to that CPU.
;
; manual: SDM 3A 10.5.4
; cpus: 3
; expect:
;   fired on=0x6

%include "runtime/conformance.inc"

        section .text
global  timers_are_each_cpus_own
timers_are_each_cpus_own:
        HANDLE  0x40, .handler
        START_CPU 1
        START_CPU 2
        CPU_CALL 1, .wait
        CPU_CALL 2, .wait
        CPU_WAIT 1
        CPU_WAIT 2
        FACT    "fired on", qword [rel scratch]
        ret
.wait:
        TIMER   0x40, 2000
        sti
        hlt
        cli
        ret
.handler:
        mov     eax, 1
        cpuid
        shr     ebx, 24
        lock bts [rel scratch], ebx
        APIC_WRITE LAPIC_EOI, 0
        ret
