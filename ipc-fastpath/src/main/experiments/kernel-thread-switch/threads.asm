; Two threads that yield to each other, in user mode or in the kernel.

%include "thread.inc"

THREAD_STACK    equ     4096
SAVED_BYTES     equ     48                      ; of the callee-saved registers

section .text

; -----------------------------------------------------------------------------
; workload_cpu - make two threads and let the first one run to its end
;
;   in        edi = CPU
;   out       it has yielded ROUNDS times
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel second_root]
        mov     rsi, stand_root
        mov     ecx, PAGE_SIZE
        rep movsb
        lea     rbx, [rel threads]
        lea     r12, [rbx + (1 << THREAD_SHIFT)]
        mov     [rbx + THREAD_OTHER], r12
        mov     [r12 + THREAD_OTHER], rbx
        mov     rax, cr3
        mov     [rbx + THREAD_CR3], rax
%if SPACES > 1
        lea     rax, [rel second_root]
%endif
        mov     [r12 + THREAD_CR3], rax
        lea     rax, [rel stacks]
        lea     rcx, [rel thread_main]
%if USER
        add     rax, THREAD_STACK
        mov     [rbx + THREAD_SAVED + SAVED_RSP], rax
        mov     [rbx + THREAD_SAVED + SAVED_RIP], rcx
        add     rax, THREAD_STACK
        mov     [r12 + THREAD_SAVED + SAVED_RSP], rax
        mov     [r12 + THREAD_SAVED + SAVED_RIP], rcx
%else
        add     rax, THREAD_STACK * 2 - SAVED_BYTES - WORD
        mov     [r12 + THREAD_RSP], rax
        mov     [rax + SAVED_BYTES], rcx
%endif
        mov     [rel thread_current], rbx
        call    threads_begin
        ret

; -----------------------------------------------------------------------------
; thread_main - yield ROUNDS times; who has done that first ends both
;
;   in        nothing
;   out       does not return in user mode
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  thread_main
thread_main:
        inc     qword [rel begun]
        cmp     qword [rel begun], 1
        jne     .made
        TRIAL   0, 0, 0
.made:
        mov     ebx, ROUNDS
.next:
        OP_BEGIN
%if USER
        mov     eax, SYS_YIELD_WORK
        syscall
%else
        call    thread_yield
%endif
        OP_END
        dec     ebx
        jnz     .next
        TRIAL_END
%if USER
        mov     eax, SYS_END_WORK
        syscall
%else
        mov     rax, stand_root
        mov     cr3, rax
        ret
%endif

section .bss
align PAGE_SIZE
; -----------------------------------------------------------------------------
; threads, thread_current - the threads, and which of them runs
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  threads, thread_current
threads:
        resb    2 << THREAD_SHIFT
thread_current:
        resb    WORD
begun:
        resb    WORD
align PAGE_SIZE
stacks:
        resb    THREAD_STACK * 2
second_root:
        resb    PAGE_SIZE
