; What is written to TPR is read from CR8, without its low four bits; what is written to CR8 clears those.
;
; manual: SDM 3A 10.8.6.1
; expect:
;   cr8=0x5
;   tpr=0x57
;   tpr=0x30

%include "runtime/conformance.inc"

        section .text
global  cr8_and_task_priority_are_one
cr8_and_task_priority_are_one:
        APIC_WRITE LAPIC_TPR, 0x57
        mov     rbx, cr8
        FACT    "cr8", rbx
        APIC_READ LAPIC_TPR
        FACT    "tpr", rax
        mov     eax, 3
        mov     cr8, rax
        APIC_READ LAPIC_TPR
        FACT    "tpr", rax
        ret
