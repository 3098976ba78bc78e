; The windowed switch: 16 bytes, RSP and the RIP that the call has put on the stack.

%include "stand/stand.inc"

section .text

; -----------------------------------------------------------------------------
; switch_to - leave a thread, resume another
;
;   in        rdi = context of the one that runs, rsi = of the other one
;   out       on the other's stack, behind its own call
;   clobbers  every register but RSP: they hold what the thread that was left had
;   needs     the caller has nothing in a register
;   probe     none
; -----------------------------------------------------------------------------
global  switch_to
switch_to:
        mov     [rdi], rsp
        mov     rsp, [rsi]
        ret
