; A step of work that may be counted. KIND: 0 no statistics, 1 sums, 2 sums and a mean.

%include "stand/stand.inc"

STEPS           equ     8                       ; of work
; Sizes are bits of a sequence: each number is FACTOR times the one before, modulo 2^31.
FACTOR          equ     16807
SIZE_SHIFT      equ     12
SIZE_MASK       equ     63
SEQUENCE_MASK   equ     0x7fffffff

section .text

; -----------------------------------------------------------------------------
; workload_cpu - ROUNDS batches
;
;   in        edi = CPU
;   out       the sums are those of all batches
;   clobbers  everything but rbp
;   needs     nothing
;   probe     the trial, the operation, the control arm, counts of both means
;
;   r12 = the sequence   r13 = size of the batch   r14 = sum of sizes, known apart
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        push    rbx
        mov     ebx, ROUNDS
        mov     r12d, 1
        xor     r14d, r14d
        TRIAL   0, 0, 0
.next:
        imul    r12, r12, FACTOR
        and     r12d, SEQUENCE_MASK
        mov     r13d, r12d
        shr     r13d, SIZE_SHIFT
        and     r13d, SIZE_MASK
        inc     r13d
        add     r14, r13
        OP_BEGIN
        mov     ecx, STEPS
.work:
        dec     ecx
        jnz     .work
%if KIND > 0
        inc     qword [rel stats_switches]
        add     [rel stats_batched], r13
%endif
%if KIND > 1
; mean = (mean * batches before + size) / batches
        mov     rcx, [rel stats_switches]
        lea     rax, [rcx - 1]
        mul     qword [rel stats_mean]
        add     rax, r13
        adc     rdx, 0
        div     rcx
        mov     [rel stats_mean], rax
%endif
        OP_END
        CONTROL
        dec     ebx
        jnz     .next
%if KIND > 0
        cmp     [rel stats_batched], r14
        CHECK   e, every_request_counted
%endif
        mov     rax, r14
        xor     edx, edx
        mov     ecx, ROUNDS
        div     rcx
        COUNT   true_mean, rax
%if KIND == 1
        mov     rax, [rel stats_batched]
        xor     edx, edx
        div     qword [rel stats_switches]
%elif KIND == 2
        mov     rax, [rel stats_mean]
%endif
        COUNT   mean, rax
        TRIAL_END
        pop     rbx
        ret

section .bss
align STAND_LINE
stats_switches:
        resb    8
stats_batched:
        resb    8
stats_mean:
        resb    8
