; The bench program's server: it gives every message back as it came.
; Nothing is between the return of its system call and the next one but what the call
; itself needs.

%include "abi/calls.inc"

section .text.server

; -----------------------------------------------------------------------------
; server_main - serve HANDLE_SERVICE
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_SERVICE to receive
;   probe     server_serves, server_reply, server_return
;
; The words stay in the registers that they arrived in, and so does the tag.
; -----------------------------------------------------------------------------
global  server_main
server_main:
        mov     eax, SYS_RECV
        mov     edi, HANDLE_SERVICE
        xor     esi, esi
        syscall
.serve:
        PROBE   server_serves
        mov     eax, SYS_REPLY_RECV
        mov     edi, HANDLE_SERVICE
        PROBE   server_reply
        syscall
        PROBE   server_return
        jmp     .serve
