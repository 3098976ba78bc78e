; Each CPU takes a lock of a level, steps a number and gives the lock back.

%include "lib/lock-ordered.inc"

CPU_SHIFT       equ     6

section .text

; -----------------------------------------------------------------------------
; workload_cpu - step the number ROUNDS times
;
;   in        edi = CPU
;   out       the number is ROUNDS times the number of CPUs
;   clobbers  everything
;   needs     called on all CPUs
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        shl     r12d, CPU_SHIFT
        lea     rax, [rel levels]
        add     r12, rax
        lea     rbx, [rel the_lock]
        mov     dword [rbx + LOCK_LEVEL], 1
        mov     r13d, ROUNDS
        BARRIER
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        call    ordered_take
        inc     qword [rel number]
        call    ordered_give
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        BARRIER
        cmp     qword [rel number], ROUNDS * CPUS
        CHECK   e, every_step_counted
        ret

section .bss
align STAND_LINE
the_lock:
        resb    STAND_LINE
number:
        resb    STAND_LINE
levels:
        resb    CPUS << CPU_SHIFT
