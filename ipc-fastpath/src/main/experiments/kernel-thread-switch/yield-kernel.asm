; Kernel threads: callee-saved registers change, and nothing else.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; threads_begin - let the first thread run
;
;   in        thread_current
;   out       it has ended
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  threads_begin
threads_begin:
        jmp     thread_main

; -----------------------------------------------------------------------------
; thread_yield - let the other thread run
;
;   in        nothing
;   out       this one runs again
;   clobbers  all caller-saved registers, flags
;   needs     both are kernel threads
;   probe     none
; -----------------------------------------------------------------------------
global  thread_yield
thread_yield:
        mov     rdi, [rel thread_current]
        mov     rsi, [rdi + THREAD_OTHER]
        mov     [rel thread_current], rsi
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + THREAD_RSP], rsp
        mov     rsp, [rsi + THREAD_RSP]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
