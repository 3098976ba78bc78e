; The first program of the speed benchmark: it lets the client run and ends the machine.
; Nothing waits for a tick, so it also ends where time stands still.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "user/case.inc"

section .text.init

; -----------------------------------------------------------------------------
; init_main - the first program's only thread
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: exit value 0, or 1 when the client cannot be called
;   clobbers  everything
;   needs     HANDLE_CLIENT to send, the console's process to manage
;   probe     none
; -----------------------------------------------------------------------------
global  init_main
init_main:
        call    console_start
        mov     eax, SYS_CALL
        mov     edi, HANDLE_CLIENT
        xor     esi, esi
        syscall
        mov     edi, eax
        mov     eax, SYS_EXIT
        syscall
        ud2

%include "user/init_devices.inc"
