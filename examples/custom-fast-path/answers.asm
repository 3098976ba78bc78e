; A client calls a server in another process, with no words to four, and waits for the answer each time.

%include "stand/user.inc"

SERVICE         equ     2
CALLS           equ     64

section .text
global  client_main
client_main:
        xor     r12d, r12d
.words:
        mov     ebx, CALLS
        TRIAL   r12, 0, 0
.next:
        mov     edi, SERVICE
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
        inc     r12d
        cmp     r12d, WORDS_SHORT
        jbe     .words
        CALL_EXIT 0

global  server_main
server_main:
        CALL_RECV SERVICE, 0
.next:
        CALL_REPLY_RECV SERVICE, 0
        jmp     .next
