; LOCK makes an addition to memory one step for all CPUs.
;
; manual: SDM 3A 8.1.2
; cpus: 4
; expect:
;   sum=0x4e20

%include "runtime/conformance.inc"

        section .text
global  locked_additions_lose_nothing
locked_additions_lose_nothing:
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .add
        CPU_CALL 2, .add
        CPU_CALL 3, .add
        call    .add
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        FACT    "sum", qword [rel scratch]
        ret
.add:
        mov     ecx, 5000
.next:
        lock inc qword [rel scratch]
        loop    .next
        ret
