; The client of the speed benchmark: the ping-pong loop of the bench, often enough
; in each space to take a tenth of a second or more. A line of text bounds every loop.

%include "abi/calls.inc"

ROUNDS_SAME     equ     500000
ROUNDS_CROSS    equ     100000                  ; every CR3 write empties the host's TLB

section .text.client

; -----------------------------------------------------------------------------
; client_main - run both loops once, for whoever calls HANDLE_CONTROL
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive, HANDLE_SAME and HANDLE_CROSS to send
;   probe     none
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     eax, SYS_RECV
        mov     edi, HANDLE_CONTROL
        xor     esi, esi
        syscall
        lea     rdi, [rel text_mark]
        call    say_text
        mov     edi, HANDLE_SAME
        mov     ebx, ROUNDS_SAME
        call    client_calls
        mov     edi, HANDLE_CROSS
        mov     ebx, ROUNDS_CROSS
        call    client_calls
        mov     eax, SYS_REPLY_RECV
        mov     edi, HANDLE_CONTROL
        xor     esi, esi
        syscall
        ud2

; edi = handle, ebx = rounds: call so many times without words, then say so
client_calls:
        mov     r12d, edi
.next:
        mov     eax, SYS_CALL
        mov     edi, r12d
        xor     esi, esi
        syscall
        dec     ebx
        jnz     .next
        lea     rdi, [rel text_mark]
        jmp     say_text

%include "user/say.inc"

align TEXT_BLOCK, 0
text_mark:
        db      "loop", 10, 0
        align   TEXT_BLOCK, 0
