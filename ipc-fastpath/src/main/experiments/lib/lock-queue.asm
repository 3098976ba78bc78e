; Mellor-Crummey and Scott's lock (TOCS 1991): who waits watches a place of their own.

%include "lib/list.inc"

PLACE_NEXT      equ     0                       ; who comes next
PLACE_WAITS     equ     8

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
        mov     qword [r9 + PLACE_NEXT], 0
        mov     dword [r9 + PLACE_WAITS], 1
        mov     rax, r9
        xchg    [r8], rax
        test    rax, rax
        jz      .done
        mov     [rax + PLACE_NEXT], r9
.look:
        cmp     dword [r9 + PLACE_WAITS], 0
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
        mov     rcx, [r9 + PLACE_NEXT]
        test    rcx, rcx
        jnz     .pass
        mov     rax, r9
        lock cmpxchg [r8], rcx
        je      .done
.linked:
        pause
        mov     rcx, [r9 + PLACE_NEXT]
        test    rcx, rcx
        jz      .linked
.pass:
        mov     dword [rcx + PLACE_WAITS], 0
.done:
        ret
