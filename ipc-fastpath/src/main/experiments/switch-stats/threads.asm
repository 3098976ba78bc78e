; Two threads that switch to each other; one switch in 16 has more to do.

%include "stand/stand.inc"
%include "stats.inc"

SWITCHES        equ     16                      ; of an operation, of both threads
SLOW_STEPS      equ     100                     ; what one of them has more to do
CONTEXT_RSP     equ     0
CONTEXT_TRACKER equ     STAND_LINE
CONTEXT_SHIFT   equ     7
THREAD_STACK    equ     4096
SAVED_BYTES     equ     48                      ; of the callee-saved registers
HALF            equ     50                      ; percent
NEARLY_ALL      equ     99                      ; percent
HUNDRED         equ     100
PRIORITY        equ     4
PRIORITY_BOOSTED equ    6

section .text

; -----------------------------------------------------------------------------
; workload_cpu - be the first of two threads that switch to each other
;
;   in        edi = CPU
;   out       SWITCHES * ROUNDS switches are done, and counted where they are
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm; average, least, most, p50, p99
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rbx, [rel contexts]
        lea     r12, [rbx + (1 << CONTEXT_SHIFT)]
        lea     rax, [rel second_stack]
        add     rax, THREAD_STACK - SAVED_BYTES - WORD
        lea     rcx, [rel second_main]
        mov     [rax + SAVED_BYTES], rcx
        mov     [r12 + CONTEXT_RSP], rax
        mov     rax, -1
        mov     [rel stats + STATS_LEAST], rax
        mov     qword [rbx + CONTEXT_TRACKER + TRACKER_BASE], PRIORITY
        mov     qword [r12 + CONTEXT_TRACKER + TRACKER_BASE], PRIORITY
%ifdef BOOSTED
        shr     rax, 1
        mov     [rbx + CONTEXT_TRACKER + TRACKER_UNTIL], rax
        mov     [r12 + CONTEXT_TRACKER + TRACKER_UNTIL], rax
        mov     qword [rbx + CONTEXT_TRACKER + TRACKER_BOOST], PRIORITY_BOOSTED
        mov     qword [r12 + CONTEXT_TRACKER + TRACKER_BOOST], PRIORITY_BOOSTED
%endif
        mov     r13d, ROUNDS
        TRIAL   0, 0, 0
.next:
        mov     r14d, SWITCHES / 2
        OP_BEGIN
.switch:
        mov     rdi, rbx
        mov     rsi, r12
        call    switch_to
        dec     r14d
        jnz     .switch
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        cmp     qword [rel switched], SWITCHES * ROUNDS
        CHECK   e, all_switched
%ifdef EXTREMES
        mov     rax, [rel stats + STATS_SUM]
        xor     edx, edx
        div     qword [rel stats + STATS_COUNT]
        COUNT   average, rax
        mov     rax, [rel stats + STATS_LEAST]
        COUNT   least, rax
        mov     rax, [rel stats + STATS_MOST]
        COUNT   most, rax
%endif
%ifdef PERCENTILES
        mov     edi, HALF
        call    percentile
        COUNT   p50, rax
        mov     edi, NEARLY_ALL
        call    percentile
        COUNT   p99, rax
%endif
        TRIAL_END
        ret

; The second thread; it does not return, because the first one ends before it.
second_main:
        lea     r12, [rel contexts]
        lea     rbx, [r12 + (1 << CONTEXT_SHIFT)]
.next:
        mov     rdi, rbx
        mov     rsi, r12
        call    switch_to
        jmp     .next

; rdi = context of the one that runs, rsi = of the other one; clobbers what a call may
switch_to:
        STATS_BEGIN
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + CONTEXT_RSP], rsp
        mov     rsp, [rsi + CONTEXT_RSP]
        inc     qword [rel switched]
        test    qword [rel switched], SWITCHES - 1
        jnz     .usual
        mov     ecx, SLOW_STEPS
.slow:
        dec     ecx
        jnz     .slow
.usual:
        add     rsi, CONTEXT_TRACKER
        TRACKER_ASK
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        STATS_END
        ret

; edi = percent; out: rax = the most cycles of the bucket in which that part of all switches ends
percentile:
        mov     rax, [rel stats + STATS_COUNT]
        mul     rdi
        mov     ecx, HUNDRED
        xor     edx, edx
        div     rcx
        lea     rsi, [rel stats + STATS_BUCKETS]
        xor     ecx, ecx
.next:
        sub     rax, [rsi + rcx * WORD]
        jle     .found
        inc     ecx
        jmp     .next
.found:
        lea     eax, [rcx + 1]
        shl     eax, BUCKET_SHIFT
        dec     eax
        ret

section .bss
align PAGE_SIZE
contexts:
        resb    2 << CONTEXT_SHIFT
stats:
        resb    STATS_BUCKETS + BUCKETS * WORD
switched:
        resb    WORD
align PAGE_SIZE
second_stack:
        resb    THREAD_STACK
