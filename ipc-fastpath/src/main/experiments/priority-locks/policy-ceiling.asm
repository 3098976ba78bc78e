; The immediate priority ceiling: who has a lock runs at the priority of the most urgent thread
; that ever takes it, so nobody who could want it runs meanwhile.

%include "policy.inc"

section .text

        POLICY_NOTHING wait

; -----------------------------------------------------------------------------
; policy_take - a thread has a lock from now on
;
;   in        rbx = Thread that took it, rdi = lock
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  policy_take
policy_take:
        jmp     ceiling_due

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
        jmp     ceiling_due

        POLICY_NOTHING leave

; rbx = Thread: it has the highest ceiling of its locks. Clobbers rax, rcx, rdx.
ceiling_due:
        mov     rax, [rbx + THREAD_BASE]
        lea     rcx, [rel locks]
        lea     rdx, [rcx + LOCKS_END]
.next:
        cmp     [rcx + LOCK_HOLDER], rbx
        jne     .other
        cmp     rax, [rcx + LOCK_CEILING]
        jae     .other
        mov     rax, [rcx + LOCK_CEILING]
.other:
        add     rcx, 1 << LOCK_SHIFT
        cmp     rcx, rdx
        jb      .next
        mov     [rbx + THREAD_PRIORITY], rax
        ret
