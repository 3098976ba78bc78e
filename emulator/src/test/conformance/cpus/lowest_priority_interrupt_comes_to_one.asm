; A lowest-priority interrupt to a group is taken by exactly one CPU of it.
;
; manual: SDM 3A 10.6.2.4
; cpus: 4
; expect:
;   times=0x1

%include "runtime/conformance.inc"

        section .text
global  lowest_priority_interrupt_comes_to_one
lowest_priority_interrupt_comes_to_one:
        HANDLE  0x40, .handler
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .wait
        CPU_CALL 2, .wait
        CPU_CALL 3, .wait
.said:
        pause
        cmp     qword [rel scratch + 8], 3
        jne     .said
        APIC_WRITE LAPIC_ICR_HIGH, 0x0e00_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_LOWEST | ICR_ASSERT | 0x40
        mov     qword [rel scratch + 32], 1
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        FACT    "times", qword [rel scratch]
        ret
.wait:
        mov     ecx, edi
        mov     edx, 0x0100_0000
        shl     edx, cl
        APIC_WRITE LAPIC_DFR, 0xffff_ffff
        APIC_WRITE LAPIC_LDR, edx
        lock inc qword [rel scratch + 8]
        sti
.unsent:
        pause
        cmp     qword [rel scratch + 32], 0
        je      .unsent
        call    cpus_pause
        cli
        ret
.handler:
        lock inc qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
