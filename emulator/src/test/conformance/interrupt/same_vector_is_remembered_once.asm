; Requests of one vector that wait in IRR are one; one in service and one more that waits are two.
;
; manual: SDM 3A 10.8.4
; expect:
;   waiting=0x1
;   in service and waiting=0x2

%include "runtime/conformance.inc"

        section .text
global  same_vector_is_remembered_once
same_vector_is_remembered_once:
        HANDLE  0x40, .count
        SEND_SELF 0x40
        SEND_SELF 0x40
        SEND_SELF 0x40
        sti
        call    cpus_pause
        cli
        FACT    "waiting", qword [rel scratch]
        mov     qword [rel scratch], 0
        HANDLE  0x40, .again
        SEND_SELF 0x40
        sti
        call    cpus_pause
        cli
        FACT    "in service and waiting", qword [rel scratch]
        ret
.count:
        inc     qword [rel scratch]
        APIC_WRITE LAPIC_EOI, 0
        ret
.again:
        inc     qword [rel scratch]
        HANDLE  0x40, .count
        SEND_SELF 0x40
        SEND_SELF 0x40
        APIC_WRITE LAPIC_EOI, 0
        ret
