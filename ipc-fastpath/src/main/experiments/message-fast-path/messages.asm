; A client calls a server in another process, without words and with four, and waits for the
; answer. The server answers and waits again in one call.

%include "stand/user.inc"

HANDLE_SERVICE_WORK     equ     2

section .text

; -----------------------------------------------------------------------------
; client_main - call the server ROUNDS times with each number of words
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to send
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  client_main
client_main:
        xor     r12d, r12d
.trial:
        mov     ebx, ROUNDS
        TRIAL   r12, 0, 0
.next:
        mov     edi, HANDLE_SERVICE_WORK
        mov     esi, r12d
        mov     eax, SYS_CALL
        OP_BEGIN
        syscall
        OP_END
        mov     r13, rax
        CONTROL
        test    r13, r13
        CHECK   z, answered
        dec     ebx
        jnz     .next
        TRIAL_END
        add     r12d, WORDS_SHORT
        cmp     r12d, WORDS_SHORT
        jbe     .trial
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer whoever calls
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to receive
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_RECV HANDLE_SERVICE_WORK, 0
.next:
        CALL_REPLY_RECV HANDLE_SERVICE_WORK, 0
        jmp     .next
