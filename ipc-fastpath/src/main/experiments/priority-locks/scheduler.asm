; The scheduler: the ready thread of the highest priority runs, and time passes while it works.

%include "thread.inc"

THREAD_STACK    equ     4096
; What a switch leaves on a stack, from the RSP that is kept.
SAVED_SCRIPT    equ     24                      ; r12
SAVED_THREAD    equ     40                      ; rbx
SAVED_RETURN    equ     48

section .text

; -----------------------------------------------------------------------------
; workload_cpu - play all scenarios
;
;   in        edi = CPU
;   out       counters of each
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, the counters
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        xor     r12d, r12d
.next:
        call    scenario_make
        TRIAL   r12, 0, 0
        lea     rbx, [rel main_thread]
        OP_BEGIN
        call    reschedule
        OP_END
        CONTROL
        mov     rax, [rel inversion]
        COUNT   inversion, rax
        mov     rax, [rel early]
        COUNT   early, rax
        mov     rax, [rel stale]
        COUNT   stale, rax
        mov     rax, [rel blocks]
        COUNT   blocks, rax
        mov     rax, [rel deadlock]
        COUNT   deadlock, rax
        mov     rax, [rel response]
        COUNT   response, rax
        TRIAL_END
        inc     r12d
        cmp     r12d, SCENARIOS
        jb      .next
        ret

; r12 = scenario: its threads and locks, none of which has begun. Clobbers what a call may, rbx.
scenario_make:
        imul    esi, r12d, THREADS * WORD * 3
        lea     rax, [rel scenarios]
        add     rsi, rax
        xor     eax, eax
        lea     rdi, [rel locks]
        mov     ecx, LOCKS_END
        rep stosb
        mov     [rel now], rax
        mov     [rel inversion], rax
        mov     [rel early], rax
        mov     [rel stale], rax
        mov     [rel blocks], rax
        mov     [rel deadlock], rax
        mov     [rel response], rax
        lea     rdi, [rel locks]
        mov     qword [rdi + LOCK_CEILING], PRIORITY_TOP
        mov     qword [rdi + (1 << LOCK_SHIFT) + LOCK_CEILING], PRIORITY_TOP
        lea     rbx, [rel threads]
        lea     rdi, [rel stacks]
        mov     ecx, THREADS
.next:
        add     rdi, THREAD_STACK
        mov     rax, [rsi]
        mov     [rbx + THREAD_BASE], rax
        mov     [rbx + THREAD_PRIORITY], rax
        mov     qword [rbx + THREAD_WAITS], 0
        mov     rdx, [rsi + WORD]
        mov     [rbx + THREAD_ARRIVES], rdx
        lea     rdx, [rdi - WORD - SAVED_RETURN]
        mov     [rbx + THREAD_RSP], rdx
        mov     [rdx + SAVED_THREAD], rbx
        mov     rax, [rsi + WORD * 2]
        mov     [rdx + SAVED_SCRIPT], rax
        lea     rax, [rel thread_main]
        mov     [rdx + SAVED_RETURN], rax
        mov     dword [rbx + THREAD_STATE], STATE_ABSENT
        cmp     qword [rbx + THREAD_BASE], 0
        jne     .there
        mov     dword [rbx + THREAD_STATE], STATE_DONE
.there:
        add     rsi, WORD * 3
        add     rbx, 1 << THREAD_SHIFT
        dec     ecx
        jnz     .next
        jmp     arrivals

; A thread: rbx = itself, r12 = its script.
thread_main:
        movzx   eax, byte [r12]
        movzx   r13d, byte [r12 + 1]
        add     r12, STEP_BYTES
        cmp     eax, STEP_WORK
        je      .work
        mov     edi, r13d
        shl     edi, LOCK_SHIFT
        lea     rcx, [rel locks]
        add     rdi, rcx
        xor     esi, esi
        cmp     eax, STEP_TAKE
        je      .take
        cmp     eax, STEP_GIVE
        je      .give
        cmp     eax, STEP_TRY
        jne     .end
        mov     esi, PATIENCE
.take:
        call    lock_take
        test    eax, eax
        jnz     thread_main
.end:
        mov     dword [rbx + THREAD_STATE], STATE_DONE
        cmp     qword [rbx + THREAD_BASE], PRIORITY_TOP
        jne     .told
        mov     rax, [rel now]
        sub     rax, [rbx + THREAD_ARRIVES]
        mov     [rel response], rax
.told:
        call    reschedule
        jmp     stand_check_failed
.give:
        call    lock_give
        jmp     thread_main
.work:
        call    time_passes
        dec     r13d
        jnz     .work
        jmp     thread_main

; rbx = running Thread: it works for a step. Clobbers what a call may.
time_passes:
        call    account
        inc     qword [rel now]
        call    arrivals
        jmp     reschedule

; rbx = running Thread: counts the step that it is about to take. Clobbers what a call may.
account:
        call    priority_due
        cmp     rax, [rbx + THREAD_PRIORITY]
        jae     .not_stale
        inc     qword [rel stale]
.not_stale:
        lea     rcx, [rel locks]
        cmp     [rcx + LOCK_HOLDER], rbx
        je      .done
        cmp     [rcx + (1 << LOCK_SHIFT) + LOCK_HOLDER], rbx
        je      .done
        mov     rdx, [rbx + THREAD_BASE]
        lea     rcx, [rel threads]
        lea     rax, [rcx + THREADS_END]
.next:
        cmp     dword [rcx + THREAD_STATE], STATE_WAITING
        jne     .other
        cmp     [rcx + THREAD_BASE], rdx
        ja      .inverted
.other:
        add     rcx, 1 << THREAD_SHIFT
        cmp     rcx, rax
        jb      .next
.done:
        ret
.inverted:
        inc     qword [rel inversion]
        ret

; Who arrives now is ready; whose patience is over gives up. Clobbers what a call may.
arrivals:
        push    rbx
        lea     rbx, [rel threads]
.next:
        mov     eax, [rbx + THREAD_STATE]
        mov     rcx, [rel now]
        cmp     eax, STATE_WAITING
        je      .waits
        cmp     eax, STATE_ABSENT
        jne     .other
        cmp     rcx, [rbx + THREAD_ARRIVES]
        jb      .other
        mov     dword [rbx + THREAD_STATE], STATE_READY
        jmp     .other
.waits:
        mov     rax, [rbx + THREAD_UNTIL]
        test    rax, rax
        jz      .other
        cmp     rcx, rax
        jb      .other
        mov     dword [rbx + THREAD_STATE], STATE_READY
        mov     rdi, [rbx + THREAD_WAITS]
        call    policy_leave
.other:
        add     rbx, 1 << THREAD_SHIFT
        lea     rax, [rel threads]
        add     rax, THREADS_END
        cmp     rbx, rax
        jb      .next
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; reschedule - let the most urgent ready thread run
;
;   in        rbx = running Thread, which may be ready, wait or be done
;   out       it runs again. The main thread: nobody can run any more
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  reschedule
reschedule:
        xor     esi, esi
        xor     r8d, r8d
        xor     r9d, r9d
        cmp     dword [rbx + THREAD_STATE], STATE_READY
        jne     .look
        mov     rsi, rbx
        mov     r8, [rbx + THREAD_PRIORITY]
.look:
        lea     rcx, [rel threads]
        lea     rdx, [rcx + THREADS_END]
.next:
        mov     eax, [rcx + THREAD_STATE]
        cmp     eax, STATE_DONE
        je      .other
        or      r9d, 1
        cmp     eax, STATE_ABSENT
        jne     .here
        or      r9d, 2
.here:
        cmp     eax, STATE_READY
        jne     .other
        cmp     [rcx + THREAD_PRIORITY], r8
        jbe     .other
        mov     rsi, rcx
        mov     r8, [rcx + THREAD_PRIORITY]
.other:
        add     rcx, 1 << THREAD_SHIFT
        cmp     rcx, rdx
        jb      .next
        test    rsi, rsi
        jnz     .chosen
        test    r9d, 2
        jz      .nobody
        inc     qword [rel now]
        call    arrivals
        jmp     reschedule
.nobody:
        mov     [rel deadlock], r9
        lea     rsi, [rel main_thread]
.chosen:
        cmp     rsi, rbx
        je      .stays
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rbx + THREAD_RSP], rsp
        mov     rsp, [rsi + THREAD_RSP]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
.stays:
        ret

section .bss
align PAGE_SIZE
; -----------------------------------------------------------------------------
; threads, now - the threads, and the time
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  threads, now
threads:
        resb    THREADS_END
main_thread:
        resb    1 << THREAD_SHIFT
now:
        resb    WORD
inversion:
        resb    WORD
stale:
        resb    WORD
deadlock:
        resb    WORD
response:
        resb    WORD
align PAGE_SIZE
stacks:
        resb    THREADS * THREAD_STACK
