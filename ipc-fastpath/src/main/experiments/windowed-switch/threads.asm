; Two threads, each with its own values in LIVE callee-saved registers, switch to each other
; ROUNDS times each and look what is left of them.

%include "stand/stand.inc"

; What a thread has on its stack while it runs.
LOCAL_LEFT      equ     0                       ; rounds
LOCAL_VALUE     equ     8                       ; in its live registers
LOCAL_OWN       equ     16                      ; address of its context
LOCAL_OTHER     equ     24                      ; address of the other's
LOCAL_BYTES     equ     32

CONTEXT_SHIFT   equ     6                       ; a line each
; The second thread's first frame, larger than what any switch takes from it: all of it is where
; the thread begins, so wherever a switch finds its RIP, it is that.
FRAME           equ     256                     ; bytes
WORD            equ     8
VALUE           equ     0x5a5a0001              ; of the first thread; the second one's is one more
THREAD_STACK    equ     4096

; A register of the thread that holds its value, if so many do.
%macro EACH_LIVE operation
%if LIVE > 0
        %operation rbx
%endif
%if LIVE > 1
        %operation rbp
%endif
%if LIVE > 2
        %operation r12
%endif
%if LIVE > 3
        %operation r13
%endif
%if LIVE > 4
        %operation r14
%endif
%if LIVE > 5
        %operation r15
%endif
%endmacro

%macro EACH_LIVE_BACKWARDS operation
%if LIVE > 5
        %operation r15
%endif
%if LIVE > 4
        %operation r14
%endif
%if LIVE > 3
        %operation r13
%endif
%if LIVE > 2
        %operation r12
%endif
%if LIVE > 1
        %operation rbp
%endif
%if LIVE > 0
        %operation rbx
%endif
%endmacro

%macro FILL register
        mov     %register, [rsp + LOCAL_VALUE]
%endmacro

; Adds one to what was lost unless the register holds the thread's value.
%macro COMPARE register
        cmp     %register, [rsp + LOCAL_VALUE]
        je      %%kept
        inc     qword [rel corrupted]
%%kept:
%endmacro

section .text

; -----------------------------------------------------------------------------
; workload_cpu - be the first thread, and count what the two lost
;
;   in        edi = CPU
;   out       each thread has switched ROUNDS times
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, switches, corrupted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel second_stack]
        add     rdi, THREAD_STACK - FRAME
        mov     [rel contexts + (1 << CONTEXT_SHIFT)], rdi
        lea     rax, [rel second_main]
        mov     ecx, FRAME / WORD
        rep stosq
        TRIAL   0, 0, 0
        xor     edi, edi
        call    thread_run
        mov     rcx, [rel second_local]
        mov     eax, ROUNDS * 2
        sub     rax, [rcx + LOCAL_LEFT]
        COUNT   switches, rax
        mov     rax, [rel corrupted]
        COUNT   corrupted, rax
        TRIAL_END
        ret

; The second thread; it does not return, because the first one ends before it.
second_main:
        mov     edi, 1
        call    thread_run
        jmp     stand_check_failed

; edi = number of the thread: its life.
thread_run:
        sub     rsp, LOCAL_BYTES
        lea     rax, [rdi + VALUE]
        mov     [rsp + LOCAL_VALUE], rax
        mov     qword [rsp + LOCAL_LEFT], ROUNDS
        mov     eax, edi
        shl     eax, CONTEXT_SHIFT
        lea     rcx, [rel contexts]
        add     rax, rcx
        mov     [rsp + LOCAL_OWN], rax
        mov     [rel second_local], rsp
        xor     edi, 1
        shl     edi, CONTEXT_SHIFT
        add     rdi, rcx
        mov     [rsp + LOCAL_OTHER], rdi
.next:
        dec     qword [rsp + LOCAL_LEFT]
        EACH_LIVE FILL
        CONTROL_BEGIN
        xor     edx, edx
        CONTROL_END
        mov     rdi, [rsp + LOCAL_OWN]
        mov     rsi, [rsp + LOCAL_OTHER]
        OP_BEGIN
%if SPILL
        EACH_LIVE push
%endif
        call    switch_to
%if SPILL
        EACH_LIVE_BACKWARDS pop
%endif
        OP_END
        EACH_LIVE COMPARE
        cmp     qword [rsp + LOCAL_LEFT], 0
        jne     .next
        add     rsp, LOCAL_BYTES
        ret

section .bss
align STAND_LINE
; What is kept of a thread that does not run: its RSP; the rest is on its stack.
contexts:
        resb    2 << CONTEXT_SHIFT
second_local:
        resb    8
corrupted:
        resb    8
align PAGE_SIZE
second_stack:
        resb    THREAD_STACK
