; The switch that most kernels have: 64 bytes, RSP, RIP and the callee-saved registers.

%include "stand/stand.inc"

section .text

; -----------------------------------------------------------------------------
; switch_to - leave a thread, resume another
;
;   in        rdi = context of the one that runs, rsi = of the other one
;   out       on the other's stack, behind its own call
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
;
; System V ABI, 3.2.1: the caller has nothing in other registers that it still wants.
; -----------------------------------------------------------------------------
global  switch_to
switch_to:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi], rsp
        mov     rsp, [rsi]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
