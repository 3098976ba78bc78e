; The shorthand for all reaches each running CPU, the sender among them.
;
; manual: SDM 3A 10.6.1
; cpus: 3
; expect:
;   taken by=0x7

%include "runtime/conformance.inc"

        section .text
global  interrupt_to_all_comes_to_the_sender_too
interrupt_to_all_comes_to_the_sender_too:
        HANDLE  0x40, .handler
        START_CPU 1
        START_CPU 2
        CPU_CALL 1, .wait
        CPU_CALL 2, .wait
        APIC_WRITE LAPIC_ICR, ICR_ALL | ICR_ASSERT | 0x40
        mov     qword [rel scratch + 32], 1
        call    .wait
        CPU_WAIT 1
        CPU_WAIT 2
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
