; Nobody lends a priority.

%include "thread.inc"

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
        ret

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
        ret
