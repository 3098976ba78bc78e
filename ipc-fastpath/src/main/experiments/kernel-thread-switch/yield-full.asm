; Kernel threads whose switch is the one that user threads need: it keeps what they have, and
; writes CR3.

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
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  thread_yield
thread_yield:
        mov     rdi, [rel thread_current]
        mov     rsi, [rdi + THREAD_OTHER]
        mov     [rel thread_current], rsi
; State that only user threads have, at its own place.
        mov     [rdi + THREAD_SAVED], rax
        mov     [rdi + THREAD_SAVED + WORD], rcx
        mov     [rdi + THREAD_SAVED + WORD * 2], rdx
        mov     [rdi + THREAD_SAVED + WORD * 3], r8
        mov     [rdi + THREAD_SAVED + WORD * 4], r9
        mov     [rdi + THREAD_SAVED + WORD * 5], r10
        mov     [rdi + THREAD_SAVED + WORD * 6], r11
        pushfq
        pop     qword [rdi + THREAD_SAVED + WORD * 7]
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + THREAD_RSP], rsp
        mov     rsp, [rsi + THREAD_RSP]
        mov     rax, [rsi + THREAD_CR3]
        mov     cr3, rax
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        push    qword [rsi + THREAD_SAVED + WORD * 7]
        popfq
        mov     rax, [rsi + THREAD_SAVED]
        mov     rcx, [rsi + THREAD_SAVED + WORD]
        mov     rdx, [rsi + THREAD_SAVED + WORD * 2]
        mov     r8, [rsi + THREAD_SAVED + WORD * 3]
        mov     r9, [rsi + THREAD_SAVED + WORD * 4]
        mov     r10, [rsi + THREAD_SAVED + WORD * 5]
        mov     r11, [rsi + THREAD_SAVED + WORD * 6]
        ret
