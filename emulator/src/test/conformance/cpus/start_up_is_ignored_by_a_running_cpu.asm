; A start-up IPI to a CPU that does not wait for one does nothing.
;
; manual: SDM 3A 8.4.4.1
; cpus: 2
; expect:
;   counted=0x3e8

%include "runtime/conformance.inc"

        section .text
global  start_up_is_ignored_by_a_running_cpu
start_up_is_ignored_by_a_running_cpu:
        START_CPU 1
        CPU_CALL 1, .count
        SEND    1, ICR_STARTUP | ICR_ASSERT | 8
        SEND    1, ICR_STARTUP | ICR_ASSERT | 8
        CPU_WAIT 1
        FACT    "counted", qword [rel scratch]
        ret
.count:
        mov     ecx, 1000
.next:
        inc     qword [rel scratch]
        pause
        loop    .next
        ret
