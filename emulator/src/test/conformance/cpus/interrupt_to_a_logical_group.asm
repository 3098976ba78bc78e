; A logical destination reaches the CPUs whose LDR has one of its bits.
;
; manual: SDM 3A 10.6.2.2
; cpus: 4
; expect:
;   taken by=0xa

%include "runtime/conformance.inc"

        section .text
global  interrupt_to_a_logical_group
interrupt_to_a_logical_group:
        HANDLE  0x40, .handler
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .wait
        CPU_CALL 2, .wait
        CPU_CALL 3, .wait
; all have said who they are
.said:
        pause
        cmp     qword [rel scratch + 8], 3
        jne     .said
; bits 1 and 3
        APIC_WRITE LAPIC_ICR_HIGH, 0x0a00_0000
        APIC_WRITE LAPIC_ICR, ICR_LOGICAL | ICR_ASSERT | 0x40
        mov     qword [rel scratch + 32], 1
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        FACT    "taken by", qword [rel scratch]
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
        mov     eax, 1
        cpuid
        shr     ebx, 24
        lock bts [rel scratch], ebx
        APIC_WRITE LAPIC_EOI, 0
        ret
