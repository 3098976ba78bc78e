; The client becomes ready, with a higher priority until a deadline.

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
        mov     qword [rsi + THREAD_BOOST], PRIORITY_BOOST
        rdtsc
        shl     rdx, TSC_HIGH
        or      rax, rdx
        add     rax, DEADLINE
        mov     [rsi + THREAD_UNTIL], rax
        mov     rdi, rsi
        call    thread_behind
        jmp     reschedule
