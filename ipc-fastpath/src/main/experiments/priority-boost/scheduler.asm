; The scheduler: the ready thread of the highest priority runs, of equals the one whose turn
; is earliest.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; thread_behind - put a thread behind its equals
;
;   in        rdi = Thread
;   out       nothing
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  thread_behind
thread_behind:
        mov     rax, [rel turns]
        inc     rax
        mov     [rel turns], rax
        mov     [rdi + THREAD_TURN], rax
        ret

; -----------------------------------------------------------------------------
; reschedule - let the thread run whose turn it is
;
;   in        rbx = running Thread, which may be ready or wait
;   out       it runs again
;   clobbers  all caller-saved registers, flags
;   needs     somebody is ready
;   probe     none
; -----------------------------------------------------------------------------
global  reschedule
reschedule:
        call    thread_pick

; -----------------------------------------------------------------------------
; switch_to - let a thread run
;
;   in        rbx = running Thread, rsi = the other one, or the same
;   out       rbx runs again
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  switch_to
switch_to:
        cmp     rsi, rbx
        je      .stays
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rbx + THREAD_RSP], rsp
        mov     rsp, [rsi + THREAD_RSP]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
.stays:
        ret

; -----------------------------------------------------------------------------
; thread_pick - whose turn is it
;
;   in        nothing
;   out       rsi = Thread, r8 = its priority
;   clobbers  rax, rcx, rdx, rdi, r8, r9, flags
;   needs     somebody is ready
;   probe     none
;
; A boost whose deadline is over ends here.
; -----------------------------------------------------------------------------
global  thread_pick
thread_pick:
        xor     esi, esi
        xor     r8d, r8d
        lea     rdi, [rel threads]
        lea     r9, [rdi + THREADS_END]
.next:
        cmp     qword [rdi + THREAD_READY], 0
        je      .other
        mov     rcx, [rdi + THREAD_BASE]
        cmp     qword [rdi + THREAD_UNTIL], 0
        je      .known
        rdtsc
        shl     rdx, TSC_HIGH
        or      rax, rdx
        cmp     rax, [rdi + THREAD_UNTIL]
        jae     .over
        mov     rcx, [rdi + THREAD_BOOST]
.known:
        cmp     rcx, r8
        jb      .other
        ja      .better
        mov     rax, [rdi + THREAD_TURN]
        cmp     rax, [rsi + THREAD_TURN]
        jae     .other
.better:
        mov     rsi, rdi
        mov     r8, rcx
.other:
        add     rdi, 1 << THREAD_SHIFT
        cmp     rdi, r9
        jb      .next
        ret
.over:
        mov     qword [rdi + THREAD_UNTIL], 0
        jmp     .known

section .bss
align PAGE_SIZE
; -----------------------------------------------------------------------------
; threads - the threads
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  threads
threads:
        resb    THREADS_END
turns:
        resb    WORD
