; A sender publishes messages of a line, BATCH at a time, to a receiver that watches the index. With
; one CPU it receives as well, unmeasured.

%include "lib/ring-publication.inc"

FOLLOWING       equ     BATCH * (BATCH - 1) / 2 ; what a batch's numbers are more than its first, all in all

section .text

; -----------------------------------------------------------------------------
; workload_cpu - send ROUNDS batches, or receive them
;
;   in        edi = CPU
;   out       all messages arrived in order
;   clobbers  everything
;   needs     called on one CPU or on two
;   probe     the trial (0 sends, 1 receives), the operation, the control arm; publications are
;             counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        lea     rdi, [rel ring]
        xor     r14d, r14d
        mov     r13d, ROUNDS
        BARRIER
        test    r12d, r12d
        jnz     .receiver
        xor     r15d, r15d
        TRIAL   0, 0, 0
.next:
        lea     rdi, [rel ring]
        call    publication_room
        mov     rsi, r14
        OP_BEGIN
        call    publication_send
        OP_END
        add     r14, BATCH
        CONTROL
%if CPUS == 1
        sub     r14, BATCH
        call    publication_receive
        call    check_batch
%endif
        dec     r13d
        jnz     .next
%if EACH
        mov     eax, ROUNDS * BATCH
%else
        mov     eax, ROUNDS
%endif
        COUNT   publications, rax
        mov     eax, ROUNDS * BATCH
        COUNT   messages, rax
        TRIAL_END
        ret
.receiver:
        TRIAL   1, 0, 0
        lea     rdi, [rel ring]
.again:
        OP_BEGIN
        call    publication_receive
        OP_END
        call    check_batch
        CONTROL
        dec     r13d
        jnz     .again
        mov     eax, ROUNDS * BATCH
        COUNT   messages, rax
        TRIAL_END
        ret

; Looks whether rsi is the sum of the numbers of the batch that ends before r14. Clobbers rax.
check_batch:
        lea     rax, [r14 - BATCH]
        imul    rax, rax, BATCH
        add     rax, FOLLOWING
        cmp     rsi, rax
        CHECK   e, in_order
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_BYTES
