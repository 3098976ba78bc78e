; Threads that yield: two of a process first, and then one of another process instead of the
; second one.

%include "stand/user.inc"

HANDLE_START    equ     2
HANDLE_NEVER    equ     3
PROCESSES       equ     2                       ; of the last trial

section .text.work

; -----------------------------------------------------------------------------
; first_main - yield to a thread of the same process, then to one of another
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_START to send
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  first_main
first_main:
        mov     r12d, 1
.trial:
        mov     ebx, ROUNDS
        TRIAL   r12, 0, 0
.next:
        mov     eax, SYS_YIELD
        OP_BEGIN
        syscall
        OP_END
        CONTROL
        dec     ebx
        jnz     .next
        TRIAL_END
        inc     r12d
        cmp     r12d, PROCESSES
        ja      .end
        mov     byte [rel second_done], 1
        CALL_YIELD
        CALL_SEND HANDLE_START, 0
        jmp     .trial
.end:
        cmp     qword [rel second_turns], ROUNDS
        CHECK   ae, second_had_its_turns
        cmp     qword [rel other_turns], ROUNDS
        CHECK   ae, other_had_its_turns
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; second_main - yield until the first thread wants another one
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_NEVER to receive, on which nobody sends
;   probe     none
; -----------------------------------------------------------------------------
global  second_main
second_main:
        inc     qword [rel second_turns]
        CALL_YIELD
        cmp     byte [rel second_done], 0
        je      second_main
        CALL_RECV HANDLE_NEVER, 0
        jmp     second_main

; -----------------------------------------------------------------------------
; other_main - wait until the first thread wants another one, and yield
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_START to receive
;   probe     none
; -----------------------------------------------------------------------------
global  other_main
other_main:
        CALL_RECV HANDLE_START, 0
.next:
        inc     qword [rel other_turns]
        CALL_YIELD
        jmp     .next

section .bss.work
align STAND_LINE
second_turns:
        resb    8
other_turns:
        resb    8
second_done:
        resb    1
