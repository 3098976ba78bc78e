; A poster makes a condition true and wakes who waits for it. WAKE: 0 looks into the queue under
; its lock each time; 1 looks at the number of those who wait first, behind a fence; 2 behind an
; exchange that makes the condition true; 3 without either. With one CPU nobody ever waits; with
; two, the other one waits for each post.

%include "lib/list.inc"

WAKE_LOCKED     equ     0
WAKE_FENCED     equ     1
WAKE_EXCHANGED  equ     2

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
%if WAKE == WAKE_EXCHANGED
        mov     eax, r13d
        xchg    [rel condition], eax
%else
        mov     [rel condition], r13d
%endif
        call    wake
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
        call    wait_for
        OP_END
        mov     [rel seen], r13d
        CONTROL
        cmp     r13d, ROUNDS
        jb      .again
        TRIAL_END
        ret

; Wakes who waits, if anybody does. Clobbers rax, rcx, r8, r9.
wake:
%if WAKE != WAKE_LOCKED
%if WAKE == WAKE_FENCED
        mfence
%endif
        cmp     dword [rel waiting], 0
        je      .nobody
%endif
        TALLY   locked
        lea     r8, [rel queue_lock]
        call    lock_take
        mov     rcx, [rel queue_first]
        test    rcx, rcx
        jz      .empty
        mov     qword [rel queue_first], 0
        mov     dword [rcx], 1
.empty:
        jmp     lock_give
.nobody:
        ret

; Waits until the condition is r13: goes into the queue, looks once more, sleeps until woken.
; Clobbers rax, rcx, r8, r9.
wait_for:
        cmp     [rel condition], r13d
        je      .true
        lock inc dword [rel waiting]
        mov     dword [rel woken], 0
        lea     r8, [rel queue_lock]
        call    lock_take
        lea     rax, [rel woken]
        mov     [rel queue_first], rax
        call    lock_give
        mfence
        cmp     [rel condition], r13d
        je      .leave
        TALLY   slept
.asleep:
        cmp     dword [rel woken], 0
        jne     .up
        pause
        jmp     .asleep
.leave:
        lea     r8, [rel queue_lock]
        call    lock_take
        mov     qword [rel queue_first], 0
        call    lock_give
.up:
        lock dec dword [rel waiting]
        cmp     [rel condition], r13d
        CHECK   e, woken_for_a_reason
.true:
        ret

section .bss
align STAND_LINE
condition:
        resb    STAND_LINE
seen:
        resb    STAND_LINE
waiting:
        resb    STAND_LINE
woken:
        resb    STAND_LINE
queue_lock:
        resb    8
queue_first:
        resb    8
