; TPR holds back all vectors of its class and below, until it is lowered.
;
; manual: SDM 3A 10.8.3.1
; expect:
;   interrupt 0x60
;   lowered
;   interrupt 0x5f
;   interrupt 0x4f

%include "runtime/conformance.inc"

        section .text
global  task_priority_holds_back_its_class_and_those_below
task_priority_holds_back_its_class_and_those_below:
        APIC_WRITE LAPIC_TPR, 0x50
        SEND_SELF 0x4f
        SEND_SELF 0x5f
        SEND_SELF 0x60
        sti
        call    cpus_pause
        SAY     "lowered"
        APIC_WRITE LAPIC_TPR, 0
        call    cpus_pause
        cli
        ret
