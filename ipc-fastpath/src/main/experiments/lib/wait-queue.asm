; A condition and the queue of who waits for it. WAKE: who makes it true 0 looks into the queue
; under its lock each time; 1 looks at the number of those who wait first, behind a fence; 2 behind
; an exchange that makes the condition true; 3 without either.

%include "lib/list.inc"

WAKE_LOCKED     equ     0
WAKE_FENCED     equ     1
WAKE_EXCHANGED  equ     2

section .text

; -----------------------------------------------------------------------------
; condition_post - make the condition another number, and wake who waits
;
;   in        r13d = number
;   out       nothing
;   clobbers  rax, rcx, r8, r9, flags
;   needs     one CPU posts at a time
;   probe     what the lock has
; -----------------------------------------------------------------------------
global  condition_post
condition_post:
%if WAKE == WAKE_EXCHANGED
        mov     eax, r13d
        xchg    [rel condition], eax
%else
        mov     [rel condition], r13d
%endif
%if WAKE == WAKE_FENCED
        mfence
%endif
%if WAKE != WAKE_LOCKED
        cmp     dword [rel waiting], 0
        je      .nobody
%endif
        TALLY   locked
        lea     r8, [rel queue_lock]
        call    lock_take
        mov     rcx, [rel queue_first]
        test    rcx, rcx
        jz      .empty
        mov     qword [rel queue_first], 0
        mov     dword [rcx], 1
.empty:
        jmp     lock_give
.nobody:
        ret

; -----------------------------------------------------------------------------
; condition_wait - wait until the condition is a number
;
;   in        r13d = number
;   out       it was that
;   clobbers  rax, rcx, r8, r9, flags
;   needs     one CPU waits at a time
;   probe     what the lock has; lock_wait: it sleeps
;
; It goes into the queue, looks once more, sleeps until it is woken, and looks again: who made it
; another number may be late with its wake, and find whoever waits for the next one.
; -----------------------------------------------------------------------------
global  condition_wait
condition_wait:
        cmp     [rel condition], r13d
        je      .true
        lock inc dword [rel waiting]
.queue:
        mov     dword [rel woken], 0
        lea     r8, [rel queue_lock]
        call    lock_take
        lea     rax, [rel woken]
        mov     [rel queue_first], rax
        call    lock_give
        mfence
        cmp     [rel condition], r13d
        je      .leave
        TALLY   slept
.asleep:
        PROBE   lock_wait, r13
        cmp     dword [rel woken], 0
        jne     .up
        pause
        jmp     .asleep
.leave:
        lea     r8, [rel queue_lock]
        call    lock_take
        mov     qword [rel queue_first], 0
        call    lock_give
.up:
        cmp     [rel condition], r13d
        jne     .queue
        lock dec dword [rel waiting]
.true:
        ret

section .bss
align STAND_LINE
condition:
        resb    STAND_LINE
waiting:
        resb    STAND_LINE
woken:
        resb    STAND_LINE
queue_lock:
        resb    8
queue_first:
        resb    8
