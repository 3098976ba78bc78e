; Priority inheritance as it was published (Sha, Rajkumar, Lehoczky, 1990): who gives a lock
; resumes the priority that it had when it took that lock.

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
        jmp     priority_lend

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
        mov     rax, [rbx + THREAD_PRIORITY]
        mov     [rdi + LOCK_SAVED], rax
        ret

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
        mov     rax, [rdi + LOCK_SAVED]
        mov     [rbx + THREAD_PRIORITY], rax
        ret

        POLICY_NOTHING leave
