; A lock with tickets: who comes first is served first, and all who wait watch one number.

%include "lib/list.inc"

TICKET_SERVED   equ     4                       ; behind the number of the next ticket

section .text

; -----------------------------------------------------------------------------
; lock_take - wait for a lock and take it
;
;   in        r8 = lock, 8 bytes of zeros; r9 = LOCK_PLACE bytes that stay until lock_give
;   out       nobody else has it
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     lock_wait: each time that it is found taken
; -----------------------------------------------------------------------------
global  lock_take
lock_take:
        mov     eax, 1
        lock xadd [r8], eax
.look:
        cmp     eax, [r8 + TICKET_SERVED]
        je      .done
        TALLY   lost
        PROBE   lock_wait, r8
        pause
        jmp     .look
.done:
        ret

; -----------------------------------------------------------------------------
; lock_give - let others have the lock
;
;   in        r8, r9 = as lock_take had them
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     the lock is the caller's
;   probe     none
; -----------------------------------------------------------------------------
global  lock_give
lock_give:
        inc     dword [r8 + TICKET_SERVED]
        ret
