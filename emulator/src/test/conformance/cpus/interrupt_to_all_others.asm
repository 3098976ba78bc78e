; The shorthand for all others reaches each running CPU but the sender.
;
; manual: SDM 3A 10.6.1
; cpus: 4
; expect:
;   taken by=0xe

%include "runtime/conformance.inc"

        section .text
global  interrupt_to_all_others
interrupt_to_all_others:
        HANDLE  0x40, .handler
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .wait
        CPU_CALL 2, .wait
        CPU_CALL 3, .wait
        APIC_WRITE LAPIC_ICR, ICR_OTHERS | ICR_ASSERT | 0x40
        mov     qword [rel scratch + 32], 1
        sti
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        cli
        FACT    "taken by", qword [rel scratch]
        ret
.wait:
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
