; The console server: whoever calls it with text in a message's words sees it on the
; serial port. It is a process like any other, but its threads may do port I/O.
; A message's text ends with a zero byte or with its fourth word.

%include "abi/machine.inc"
%include "abi/calls.inc"

section .text.console

; -----------------------------------------------------------------------------
; console_main - the server's only thread
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_CONSOLE to receive, IOPL 3
;   probe     none
;
; Ready means that the port took the byte; it is not asked whether it left the wire.
; -----------------------------------------------------------------------------
global  console_main
console_main:
        mov     eax, SYS_RECV
        mov     edi, HANDLE_CONSOLE
        xor     esi, esi
        syscall
.serve:
        mov     r12, rdx
        mov     r13, r8
        mov     r14, r9
        mov     r15, r10
        mov     rbx, r12
        call    put_word
        mov     rbx, r13
        call    put_word
        mov     rbx, r14
        call    put_word
        mov     rbx, r15
        call    put_word
        mov     eax, SYS_REPLY_RECV
        mov     edi, HANDLE_CONSOLE
        xor     esi, esi
        syscall
        jmp     .serve

; rbx = up to 8 bytes of text, the first one lowest
put_word:
        test    bl, bl
        jz      .done
        mov     edx, COM1_PORT + UART_LINE_STATUS
.busy:
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jz      .busy
        mov     eax, ebx
        mov     edx, COM1_PORT
        out     dx, al
        shr     rbx, 8
        jmp     put_word
.done:
        ret
