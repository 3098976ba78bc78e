; One CPU makes a condition true and wakes who waits for it. Alone, nobody ever waits; with a
; second one, that waits for each post.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; workload_cpu - post ROUNDS times, or wait as often
;
;   in        edi = CPU
;   out       each post was seen
;   clobbers  everything
;   needs     called on one CPU or on two
;   probe     the trial (0 posts, 1 waits), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        xor     r13d, r13d
        BARRIER
        test    r12d, r12d
        jnz     .waiter
        TRIAL   0, 0, 0
.next:
        inc     r13d
%if CPUS > 1
.seen:
        lea     eax, [r13 - 1]                  ; the last post must have been seen
        cmp     [rel seen], eax
        je      .post
        pause
        jmp     .seen
.post:
%endif
        OP_BEGIN
        call    condition_post
        OP_END
        CONTROL
        cmp     r13d, ROUNDS
        jb      .next
        TRIAL_END
        ret
.waiter:
        TRIAL   1, 0, 0
.again:
        inc     r13d
        OP_BEGIN
        call    condition_wait
        OP_END
        mov     [rel seen], r13d
        CONTROL
        cmp     r13d, ROUNDS
        jb      .again
        TRIAL_END
        ret

section .bss
align STAND_LINE
seen:
        resb    STAND_LINE
