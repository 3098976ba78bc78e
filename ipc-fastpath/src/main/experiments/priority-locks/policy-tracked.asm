; Priority inheritance with the highest waiter of each lock kept as an atomic maximum: no waiter
; has to be looked for. A maximum does not tell who else waited, so who leaves leaves it as it is.

%include "policy.inc"

section .text

; -----------------------------------------------------------------------------
; policy_wait - a thread is about to wait
;
;   in        rbx = Thread that waits, rdi = lock
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  policy_wait
policy_wait:
        mov     rdx, [rbx + THREAD_PRIORITY]
        mov     rax, [rdi + LOCK_MOST]
.more:
        cmp     rdx, rax
        jbe     .known
        lock cmpxchg [rdi + LOCK_MOST], rdx
        jne     .more
.known:
        jmp     priority_lend

        POLICY_NOTHING take

; -----------------------------------------------------------------------------
; policy_give - a thread has a lock no more
;
;   in        rbx = Thread that gave it, rdi = lock
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  policy_give
policy_give:
        mov     qword [rdi + LOCK_MOST], 0
        mov     rax, [rbx + THREAD_BASE]
        lea     rcx, [rel locks]
        lea     rdx, [rcx + LOCKS_END]
.next:
        cmp     [rcx + LOCK_HOLDER], rbx
        jne     .other
        cmp     rax, [rcx + LOCK_MOST]
        jae     .other
        mov     rax, [rcx + LOCK_MOST]
.other:
        add     rcx, 1 << LOCK_SHIFT
        cmp     rcx, rdx
        jb      .next
        mov     [rbx + THREAD_PRIORITY], rax
        ret

        POLICY_NOTHING leave
