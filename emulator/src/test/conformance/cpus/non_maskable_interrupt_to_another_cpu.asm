; An NMI reaches another CPU while its IF is 0, and wakes it from HLT.
;
; manual: SDM 3A 6.7, 10.6.1
; cpus: 2
; expect:
;   woken by=0x2

%include "runtime/conformance.inc"

        section .text
global  non_maskable_interrupt_to_another_cpu
non_maskable_interrupt_to_another_cpu:
        HANDLE  VECTOR_NMI, .handler
        START_CPU 1
        CPU_CALL 1, .sleep
.again:
        call    cpus_pause
        cmp     qword [rel scratch + 8], 0
        je      .again
; one may come before the HLT
.send:
        call    cpus_pause
        SEND    1, ICR_NMI | ICR_ASSERT
        call    cpus_pause
        cmp     qword [cpu_work + 8], 0
        jne     .send
        FACT    "woken by", qword [rel scratch]
        ret
.sleep:
        cli
        mov     qword [rel scratch + 8], 1
        hlt
        ret
.handler:
        lock or qword [rel scratch], 2
        ret
