; A client that calls one of two servers, which are the same program at different levels.

%include "stand/user.inc"

HANDLE_WORK     equ     2

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS calls without words, and with four
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_ASKED to send
;   probe     the trial, the operation, the control arm, the count of switches
; -----------------------------------------------------------------------------
global  client_main
client_main:
        xor     r12d, r12d
.trial:
        mov     ebx, ROUNDS
        xor     r14d, r14d
        mov     [rel replies], r14
        TRIAL   r12, 0, 0
.next:
        mov     edi, HANDLE_ASKED
        mov     esi, r12d
        mov     eax, SYS_CALL
        OP_BEGIN
        syscall
        OP_END
        inc     r14
        mov     r13, rax
        CONTROL
        test    r13, r13
        CHECK   z, answered
        dec     ebx
        jnz     .next
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        add     r12d, WORDS_SHORT
        cmp     r12d, WORDS_SHORT
        jbe     .trial
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer whoever calls
;
;   entered by  the kernel, at its process's level
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_RECV HANDLE_WORK, 0
.next:
        inc     qword [rel replies]
        CALL_REPLY_RECV HANDLE_WORK, 0
        jmp     .next

section .bss
align STAND_LINE
replies:
        resb    8
