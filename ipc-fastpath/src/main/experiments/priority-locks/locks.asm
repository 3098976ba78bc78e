; Locks whose holders may be lent the priority of those that wait; the policy says when.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; lock_take - wait for a lock and take it
;
;   in        rbx = running Thread, rdi = lock, esi = steps of time to wait at most, 0 for ever
;   out       rax = 1, or 0 if it gave up
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  lock_take
lock_take:
        push    r12
        mov     r12, rdi
        mov     qword [rbx + THREAD_UNTIL], 0
        test    esi, esi
        jz      .ready
        mov     rax, [rel now]
        add     rax, rsi
        mov     [rbx + THREAD_UNTIL], rax
.ready:
        cmp     qword [r12 + LOCK_HOLDER], 0
        je      .free
        inc     qword [rel counts + COUNTS_BLOCKS]
.wait:
        mov     dword [rbx + THREAD_STATE], STATE_WAITING
        mov     [rbx + THREAD_WAITS], r12
        mov     rdi, r12
        call    policy_wait
        call    reschedule
        xor     eax, eax
        cmp     qword [rbx + THREAD_WAITS], 0
        jne     .gave_up
        cmp     qword [r12 + LOCK_HOLDER], 0
        jne     .wait
.free:
        mov     [r12 + LOCK_HOLDER], rbx
        mov     rdi, r12
        call    policy_take
        mov     eax, 1
.done:
        pop     r12
        ret
.gave_up:
        mov     qword [rbx + THREAD_WAITS], 0
        jmp     .done

; -----------------------------------------------------------------------------
; lock_give - let others have the lock
;
;   in        rbx = running Thread, rdi = lock
;   out       all who waited may try again
;   clobbers  all caller-saved registers, flags
;   needs     the lock is its
;   probe     none
; -----------------------------------------------------------------------------
global  lock_give
lock_give:
        mov     qword [rdi + LOCK_HOLDER], 0
        lea     rax, [rel threads]
        lea     rcx, [rax + THREADS_END]
.next:
        cmp     dword [rax + THREAD_STATE], STATE_WAITING
        jne     .other
        cmp     [rax + THREAD_WAITS], rdi
        jne     .other
        mov     dword [rax + THREAD_STATE], STATE_READY
        mov     qword [rax + THREAD_WAITS], 0
.other:
        add     rax, 1 << THREAD_SHIFT
        cmp     rax, rcx
        jb      .next
        call    policy_give
        call    priority_due
        cmp     rax, [rbx + THREAD_PRIORITY]
        jbe     .in_time
        inc     qword [rel counts + COUNTS_EARLY]
.in_time:
        jmp     reschedule

; -----------------------------------------------------------------------------
; priority_due - what a thread should have: its own priority, or the highest of those that
; wait for a lock of its
;
;   in        rbx = Thread
;   out       rax = priority
;   clobbers  rcx, rdx, rsi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  priority_due
priority_due:
        mov     rax, [rbx + THREAD_BASE]
        lea     rcx, [rel threads]
        lea     rdx, [rcx + THREADS_END]
.next:
        cmp     dword [rcx + THREAD_STATE], STATE_WAITING
        jne     .other
        mov     rsi, [rcx + THREAD_WAITS]
        cmp     [rsi + LOCK_HOLDER], rbx
        jne     .other
        cmp     rax, [rcx + THREAD_PRIORITY]
        jae     .other
        mov     rax, [rcx + THREAD_PRIORITY]
.other:
        add     rcx, 1 << THREAD_SHIFT
        cmp     rcx, rdx
        jb      .next
        ret

; -----------------------------------------------------------------------------
; priority_lend - let a lock's holder have at least a waiter's priority, and whomever that waits for
;
;   in        rbx = Thread that waits, rdi = lock
;   out       nothing
;   clobbers  rax, rcx, rdx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  priority_lend
priority_lend:
        mov     rax, [rbx + THREAD_PRIORITY]
        mov     rdx, rdi
        mov     ecx, THREADS
.next:
        mov     rdx, [rdx + LOCK_HOLDER]
        test    rdx, rdx
        jz      .done
        cmp     [rdx + THREAD_PRIORITY], rax
        jae     .done
        mov     [rdx + THREAD_PRIORITY], rax
        mov     rdx, [rdx + THREAD_WAITS]
        test    rdx, rdx
        jz      .done
        dec     ecx
        jnz     .next
.done:
        ret

section .bss
align STAND_LINE
; -----------------------------------------------------------------------------
; locks - the locks
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  locks
locks:
        resb    LOCKS_END
