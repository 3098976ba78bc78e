; Threads that take turns; some compute with floating point and look whether that is theirs.

%include "thread.inc"

THREAD_STACK    equ     4096
SAVED_BYTES     equ     48                      ; of the callee-saved registers
WORD            equ     8
AREA_MXCSR      equ     24                      ; in what FXSAVE stores

section .text

; -----------------------------------------------------------------------------
; workload_cpu - be the first of the threads that take turns
;
;   in        edi = CPU
;   out       each thread has had ROUNDS turns
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, corrupted, exposed
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rbx, [rel float_threads]
        lea     rcx, [rel stacks]
        lea     rdx, [rel thread_main]
        xor     edi, edi
.next:
        add     rcx, THREAD_STACK
        lea     rax, [rcx - SAVED_BYTES - WORD * 2]
        mov     [rbx + THREAD_RSP], rax
        mov     [rax + SAVED_BYTES], rdx
        mov     [rax + SAVED_BYTES + WORD], rdi
        xor     eax, eax
        cmp     edi, USERS
        setb    al
        mov     [rbx + THREAD_USES], rax
        mov     dword [rbx + THREAD_FLOAT + AREA_MXCSR], FLOAT_MXCSR
        mov     word [rbx + THREAD_FLOAT], FLOAT_CONTROL
        add     rbx, 1 << THREAD_SHIFT
        inc     edi
        cmp     edi, THREADS
        jb      .next
        call    float_start
        lea     rbx, [rel float_threads]
        xor     r12d, r12d
        mov     r14d, ROUNDS
        TRIAL   0, 0, 0
.turn:
        OP_BEGIN
        call    turn_end
        OP_END
        call    exposed_add
        CONTROL
        dec     r14d
        jnz     .turn
        mov     rax, [rel corrupted]
        COUNT   corrupted, rax
        mov     rax, [rel exposed]
        COUNT   exposed, rax
        TRIAL_END
        clts
        ret

; Any other thread: its number is on its stack.
thread_main:
        pop     r12
        mov     rbx, r12
        shl     rbx, THREAD_SHIFT
        lea     rax, [rel float_threads]
        add     rbx, rax
.next:
        call    exposed_add
        call    turn_end
        jmp     .next

; rbx = Thread that has used its turn, r12 = its number: the others' turns, and then its work
turn_end:
        mov     rdi, rbx
        lea     rsi, [rbx + (1 << THREAD_SHIFT)]
        lea     eax, [r12 + 1]
        cmp     eax, THREADS
        jb      .not_last
        lea     rsi, [rel float_threads]
.not_last:
        call    switch_to
        cmp     qword [rbx + THREAD_USES], 0
        je      .done
        lea     rax, [rel values]
        movq    rdx, xmm7
        cmp     rdx, [rax + r12 * WORD]
        setne   cl
        movzx   ecx, cl
        add     [rel corrupted], rcx
        movq    xmm6, r12
        paddq   xmm7, xmm6
        add     [rax + r12 * WORD], r12
.done:
        ret

; Counts the CPU's registers if they are of another thread than rbx. Clobbers rax, rdx.
exposed_add:
        mov     rax, [rel float_owner]
        xor     edx, edx
        test    rax, rax
        jz      .done
        cmp     rax, rbx
        setne   dl
        add     [rel exposed], rdx
.done:
        ret

; rdi = Thread that runs, rsi = the other one; clobbers what a call may
switch_to:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + THREAD_RSP], rsp
        call    float_switch
        mov     rsp, [rsi + THREAD_RSP]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

section .bss
align PAGE_SIZE
; -----------------------------------------------------------------------------
; float_threads - the threads
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_threads
float_threads:
        resb    THREADS << THREAD_SHIFT
stacks:
        resb    THREADS * THREAD_STACK
; -----------------------------------------------------------------------------
; float_owner - the thread whose registers the CPU has, 0 for nobody's
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_owner
float_owner:
        resb    8
values:
        resb    THREADS * 8
corrupted:
        resb    8
exposed:
        resb    8
