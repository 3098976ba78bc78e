; The classic switch: 128 bytes, RSP, RIP and every general register but RAX.

%include "stand/stand.inc"

section .text

; -----------------------------------------------------------------------------
; switch_to - leave a thread, resume another
;
;   in        rdi = context of the one that runs, rsi = of the other one
;   out       on the other's stack, behind its own call
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  switch_to
switch_to:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        push    rcx
        push    rdx
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        mov     [rdi], rsp
        mov     rsp, [rsi]
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rdx
        pop     rcx
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
