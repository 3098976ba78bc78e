; Two CPUs that fault at the same time each get their own fault, with their own address.
;
; manual: SDM 3A 6.15 (interrupt 14)
; cpus: 2
; expect:
;   faults=0x3e8
;   wrong=0x0

%include "runtime/conformance.inc"

        section .text
global  exceptions_are_each_cpus_own
exceptions_are_each_cpus_own:
        HANDLE  VECTOR_PF, .handler
        START_CPU 1
        CPU_CALL 1, .fault_1
        mov     esi, WINDOW + 0x100
        call    .fault
        CPU_WAIT 1
        FACT    "faults", qword [rel scratch]
        FACT    "wrong", qword [rel scratch + 8]
        ret
.fault_1:
        mov     esi, WINDOW + 0x200
.fault:
        mov     r9d, 500
.next:
; two bytes
        mov     al, [rsi]
        dec     r9d
        jnz     .next
        ret
.handler:
        lock inc qword [rel scratch]
        add     qword [rdi + FRAME_RIP], 2
        mov     rax, cr2
        cmp     rax, [rdi + FRAME_RSI]
        je      .right
        lock inc qword [rel scratch + 8]
.right:
        ret
