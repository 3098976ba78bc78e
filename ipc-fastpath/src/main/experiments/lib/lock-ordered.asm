; A lock with a level: who has one of a higher level must not take it. FAST: 1 tries a
; compare-exchange at once and waits only if that fails; 0 looks first until the lock is free.

%include "lib/lock-ordered.inc"

section .text

; -----------------------------------------------------------------------------
; ordered_take - wait for a lock and take it
;
;   in        rbx = lock; r12 = 4 bytes of the caller: the level of the lock that it has, or 0
;   out       nobody else has it
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     lock_wait: each time that it is found taken; looks and tries in vain are tallied
; -----------------------------------------------------------------------------
global  ordered_take
ordered_take:
        mov     ecx, [rbx + LOCK_LEVEL]
        cmp     [r12], ecx
        CHECK   b, locks_are_in_order
        mov     [r12], ecx
        mov     ecx, 1
%if FAST == 0
        jmp     .look
%endif
.try:
        xor     eax, eax
        lock cmpxchg [rbx + LOCK_WORD], ecx
        je      .taken
        TALLY   lost
.wait:
        PROBE   lock_wait, rbx
        pause
.look:
        cmp     dword [rbx + LOCK_WORD], 0
        je      .try
        TALLY   lost
        jmp     .wait
.taken:
        ret

; -----------------------------------------------------------------------------
; ordered_give - let others have the lock
;
;   in        rbx, r12 = as ordered_take had them
;   out       nothing
;   clobbers  nothing
;   needs     the lock is the caller's
;   probe     none
; -----------------------------------------------------------------------------
global  ordered_give
ordered_give:
        mov     dword [rbx + LOCK_WORD], 0
        mov     dword [r12], 0
        ret
