; A lock that is exchanged again and again until it was free: each try takes the line away.

%include "lib/list.inc"

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
        xchg    [r8], eax
        test    eax, eax
        jz      .done
        TALLY   lost
        PROBE   lock_wait, r8
        pause
        jmp     lock_take
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
        mov     dword [r8], 0
        ret
