; A client and its server, hogs beside them, and somebody more urgent.

%include "thread.inc"

THREAD_STACK    equ     4096
; What a switch leaves on a stack, from the RSP that is kept.
SAVED_THREAD    equ     40                      ; rbx
SAVED_RETURN    equ     48
STEP_LOOPS      equ     50                      ; of two instructions each
SERVER_STEPS    equ     2
URGENT_STEPS    equ     2
URGENT_AT       equ     3                       ; steps of the client's work before it is woken
HOG_STEPS       equ     10

section .text

; -----------------------------------------------------------------------------
; workload_cpu - be the client: call ROUNDS times, and work with each answer
;
;   in        edi = CPU
;   out       the urgent thread was woken in each round, and ran but for the last time perhaps
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, inverted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rbx, [rel threads]
        mov     esi, PRIORITY
        lea     rdx, [rel server_main]
        mov     edi, SERVER
        call    thread_make
        mov     esi, PRIORITY_URGENT
        lea     rdx, [rel urgent_main]
        mov     edi, URGENT
        call    thread_make
%rep HOGS, i
        mov     esi, PRIORITY
        lea     rdx, [rel hog_main]
        mov     edi, FIRST_HOG + %i
        call    thread_make
        mov     qword [rcx + THREAD_READY], 1
%endrep
        mov     qword [rbx + THREAD_BASE], PRIORITY
        mov     qword [rbx + THREAD_READY], 1
        mov     rdi, rbx
        call    thread_behind
        mov     r12d, ROUNDS
        TRIAL   0, 0, 0
.next:
        mov     qword [rbx + THREAD_READY], 0
        lea     rsi, [rbx + (SERVER << THREAD_SHIFT)]
        mov     qword [rsi + THREAD_READY], 1
        call    switch_to
        OP_END
        CONTROL
        xor     r13d, r13d
.work:
        cmp     r13d, URGENT_AT
        jne     .not_yet
        mov     qword [rbx + (URGENT << THREAD_SHIFT) + THREAD_READY], 1
.not_yet:
        call    reschedule
        mov     rax, [rbx + (URGENT << THREAD_SHIFT) + THREAD_READY]
        add     [rel inverted], rax
        call    step
        inc     r13d
        cmp     r13d, WORK
        jb      .work
        mov     rdi, rbx
        call    thread_behind
        call    reschedule
        dec     r12d
        jnz     .next
        mov     rax, [rel inverted]
        COUNT   inverted, rax
        TRIAL_END
        cmp     qword [rel woken], ROUNDS - 1
        CHECK   ae, urgent_had_its_turns
        ret

; The server: works, answers, waits.
server_main:
        mov     r12d, SERVER_STEPS
.work:
        call    step
        call    reschedule
        dec     r12d
        jnz     .work
        lea     rsi, [rel threads]
        OP_BEGIN
        call    answer
        jmp     server_main

; The urgent thread: works when it is woken.
urgent_main:
        inc     qword [rel woken]
        mov     r12d, URGENT_STEPS
.work:
        call    step
        dec     r12d
        jnz     .work
        mov     qword [rbx + THREAD_READY], 0
        call    reschedule
        jmp     urgent_main

; A hog: works, and lets its equals have their turn.
hog_main:
        mov     r12d, HOG_STEPS
.work:
        call    step
        call    reschedule
        dec     r12d
        jnz     .work
        mov     rdi, rbx
        call    thread_behind
        call    reschedule
        jmp     hog_main

; A step of work. Clobbers rcx.
step:
        mov     ecx, STEP_LOOPS
.next:
        dec     ecx
        jnz     .next
        ret

; edi = number, esi = priority, rdx = its code; out: rcx = Thread, which waits. Clobbers rax, r8.
thread_make:
        lea     rcx, [rel threads]
        lea     r8, [rel stacks]
        mov     eax, edi
        shl     eax, PAGE_SHIFT
        lea     r8, [r8 + rax + THREAD_STACK - SAVED_RETURN - WORD]
        shl     edi, THREAD_SHIFT
        add     rcx, rdi
        mov     [rcx + THREAD_BASE], rsi
        mov     [rcx + THREAD_RSP], r8
        mov     [r8 + SAVED_THREAD], rcx
        mov     [r8 + SAVED_RETURN], rdx
        mov     rdi, rcx
        jmp     thread_behind

section .bss
align PAGE_SIZE
stacks:
        resb    THREADS << PAGE_SHIFT
inverted:
        resb    WORD
woken:
        resb    WORD
%assert THREAD_STACK == PAGE_SIZE
