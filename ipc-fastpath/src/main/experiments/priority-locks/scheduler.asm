; The scheduler: the ready thread of the highest priority runs, and time passes while it works.

%include "thread.inc"

; What is known of all threads together.
SOME_LIVE       equ     1                       ; not all are done
SOME_ABSENT     equ     2                       ; not all have arrived

section .text

; -----------------------------------------------------------------------------
; thread_main - do what a script says
;
;   in        rbx = Thread, r12 = script
;   out       does not return
;   clobbers  everything
;   needs     it runs
;   probe     none
; -----------------------------------------------------------------------------
global  thread_main
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
        mov     [rel counts + COUNTS_RESPONSE], rax
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

; -----------------------------------------------------------------------------
; arrivals - let who arrives now be ready, and who has no more patience give up
;
;   in        now
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  arrivals
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
        or      r9d, SOME_LIVE
        cmp     eax, STATE_ABSENT
        jne     .here
        or      r9d, SOME_ABSENT
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
        test    r9d, SOME_ABSENT
        jz      .nobody
        inc     qword [rel now]
        call    arrivals
        jmp     reschedule
.nobody:
        mov     [rel counts + COUNTS_DEADLOCK], r9
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
now:
        resb    WORD
