; Each CPU steps an index of its own, as the ends of a ring do; SPACING bytes from one
; index to the next decide whether they share a line.

%include "stand/stand.inc"

section .text

; -----------------------------------------------------------------------------
; workload_cpu - step an index ROUNDS times
;
;   in        edi = CPU
;   out       each index is ROUNDS
;   clobbers  everything
;   needs     called on all CPUs
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        imul    edi, edi, SPACING
        lea     rbx, [rel indices]
        add     rbx, rdi
        mov     r13d, ROUNDS
        BARRIER
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        lock inc qword [rbx]
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        BARRIER
        cmp     qword [rbx], ROUNDS
        CHECK   e, every_step_counted
        ret

section .bss
align PAGE_SIZE
indices:
        resb    CPUS * STAND_LINE
