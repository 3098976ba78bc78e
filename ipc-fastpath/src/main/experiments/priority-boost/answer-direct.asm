; The client gets the CPU, unless somebody more urgent is ready.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; answer - let the client go on, and wait for the next call
;
;   in        rbx = server, rsi = client
;   out       somebody has called again
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  answer
answer:
        mov     qword [rbx + THREAD_READY], 0
        mov     qword [rsi + THREAD_READY], 1
        mov     rcx, [rsi + THREAD_BASE]
        push    rsi
        push    rcx
        call    thread_pick
        pop     rcx
        pop     rax
        cmp     r8, rcx
        cmovbe  rsi, rax
        jmp     switch_to
