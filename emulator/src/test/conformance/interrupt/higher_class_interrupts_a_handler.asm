; While one is in service only a higher class, bits 4 to 7 of the vector, comes in between; the same class waits
; for EOI.
;
; manual: SDM 3A 10.8.3.1
; expect:
;   begins
;   interrupt 0x62
;   ends
;   interrupt 0x4f
;   interrupt 0x31

%include "runtime/conformance.inc"

        section .text
global  higher_class_interrupts_a_handler
higher_class_interrupts_a_handler:
        HANDLE  0x41, .handler
; a CPU may find that what it was told of has to wait (SDM 3A 10.9)
        HANDLE  VECTOR_SPURIOUS, .spurious
        SEND_SELF 0x41
        sti
        call    cpus_pause
        cli
        ret
.handler:
        SAY     "begins"
        SEND_SELF 0x4f
        SEND_SELF 0x31
        SEND_SELF 0x62
        sti
        call    cpus_pause
        cli
        SAY     "ends"
        APIC_WRITE LAPIC_EOI, 0
.spurious:
        ret
