; A client calls a server in another process, always with WORDS words, and the server's answer
; has as many.

%include "stand/user.inc"

HANDLE_SERVICE_WORK     equ     2

section .text

; -----------------------------------------------------------------------------
; client_main - call the server ROUNDS times
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to send; WORDS, up to WORDS_SHORT
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     ebx, ROUNDS
        TRIAL   0, 0, 0
.next:
        mov     edi, HANDLE_SERVICE_WORK
        mov     esi, WORDS
        mov     edx, ebx
        mov     eax, SYS_CALL
        OP_BEGIN
        syscall
        OP_END
        mov     r13, rax
        mov     r14, rdx
        CONTROL
        test    r13, r13
        CHECK   z, answered
%if WORDS > 0
        cmp     r14, rbx
        CHECK   e, the_same_word
%endif
        dec     ebx
        jnz     .next
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer whoever calls with what was sent
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
        mov     edi, HANDLE_SERVICE_WORK
        mov     esi, WORDS
        mov     eax, SYS_REPLY_RECV
        syscall
        jmp     .next
