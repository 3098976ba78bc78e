; Priority inheritance, mended (Zhang, Urban, Wu, 2019): whenever somebody stops to wait or to
; hold, the holder's priority is what all who wait for a lock of its lend.

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
        call    priority_due
        mov     [rbx + THREAD_PRIORITY], rax
        ret

; -----------------------------------------------------------------------------
; policy_leave - a thread has given up waiting
;
;   in        rbx = Thread that waits no more, rdi = lock
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  policy_leave
policy_leave:
        push    rbx
        push    r12
        mov     r12d, THREADS
.next:
        mov     rbx, [rdi + LOCK_HOLDER]
        test    rbx, rbx
        jz      .done
        call    priority_due
        mov     [rbx + THREAD_PRIORITY], rax
        mov     rdi, [rbx + THREAD_WAITS]
        test    rdi, rdi
        jz      .done
        dec     r12d
        jnz     .next
.done:
        pop     r12
        pop     rbx
        ret
