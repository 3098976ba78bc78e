; A word that one thread steps and another waits for, and a count of those who wait.

%include "stand/user.inc"

SLOT_MEMORY     equ     2
PLACE           equ     0x20000000              ; futexes are of memory objects
PLACE_WORD      equ     PLACE
PLACE_WAITERS   equ     PLACE + STAND_LINE

section .text

; -----------------------------------------------------------------------------
; waker_main - ROUNDS steps that nobody waits for, and ROUNDS that somebody waits for
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     nothing
;   probe     the trials, the operation, the control arm
;
;   r12 = who wait   r13 = steps
; -----------------------------------------------------------------------------
global  waker_main
waker_main:
        CALL_MEMORY_CREATE SLOT_MEMORY, 1
        test    rax, rax
        CHECK   z, memory_made
        CALL_MEMORY_MAP SLOT_MEMORY, HANDLE_SELF, PLACE, 0, 1, RIGHT_MAP_READ | RIGHT_MAP_WRITE
        test    rax, rax
        CHECK   z, memory_mapped
        mov     ebp, PLACE
        xor     r12d, r12d
        xor     r13d, r13d
.trial:
        mov     ebx, ROUNDS
        TRIAL   r12, 0, 0
.next:
        inc     r13d
        OP_BEGIN
        mov     [rbp], r13d
%if LOOKS
        mfence
        cmp     dword [rbp + PLACE_WAITERS - PLACE], 0
        je      .woken
%endif
        CALL_FUTEX_WAKE rbp, 1
.woken:
        OP_END
        CONTROL
        test    r12d, r12d
        jz      .alone
.wait:
        CALL_YIELD
        cmp     [rel seen], r13d
        jne     .wait
.alone:
        dec     ebx
        jnz     .next
        TRIAL_END
        mov     dword [rel mapped], 1
.settle:
        CALL_YIELD
        cmp     dword [rbp + PLACE_WAITERS - PLACE], 0
        je      .settle
        inc     r12d
        cmp     r12d, 1
        je      .trial
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; waiter_main - wait for each step
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     the waker's memory
;   probe     none
;
; It counts itself before it looks: who steps the word looks at the count behind that.
; -----------------------------------------------------------------------------
global  waiter_main
waiter_main:
        CALL_YIELD
        cmp     dword [rel mapped], 0
        je      waiter_main
        mov     ebp, PLACE
        mov     r12d, [rbp]
.next:
        lock inc dword [rbp + PLACE_WAITERS - PLACE]
.wait:
        mov     [rel seen], r12d
        CALL_FUTEX_WAIT rbp, r12
        cmp     [rbp], r12d
        je      .wait
        mov     r12d, [rbp]
        lock dec dword [rbp + PLACE_WAITERS - PLACE]
        jmp     .next

section .bss
align STAND_LINE
mapped:
        resb    4
seen:
        resb    4
