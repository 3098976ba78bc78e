; Two threads of one CPU, each with a stack, exchanged by what an interrupt pushes. A thread that
; gives up by itself does so by a software interrupt, so that all stacks look alike.

%include "stand/stand.inc"

YIELD_VECTOR    equ     0x41
STACK_BYTES     equ     0x1000
FRAME_WORDS     equ     15                      ; registers below what an interrupt pushes
FRAME_RIP       equ     FRAME_WORDS * 8
FRAME_CS        equ     FRAME_RIP + 8
FRAME_FLAGS     equ     FRAME_RIP + 16
FRAME_RSP       equ     FRAME_RIP + 24
FRAME_SS        equ     FRAME_RIP + 32
FRAME_BYTES     equ     FRAME_RIP + 40
LOCK_TAKEN      equ     8                       ; in a lock's line: what it protects, how often it was taken
%if SHARED
LOCK_STEP       equ     0
%else
LOCK_STEP       equ     STAND_LINE
%endif

section .text

%macro PUSH_ALL
        push    rax
        push    rcx
        push    rdx
        push    rbx
        push    rbp
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
%endmacro

%macro POP_ALL
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rbx
        pop     rdx
        pop     rcx
        pop     rax
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - run both threads to their ends
;
;   in        edi = CPU
;   out       both took the lock ROUNDS times
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, counts of exchanges, of those inside of
;             a critical section, of spins
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        push    rbx
        push    rbp
        CONTROL
        mov     edi, LAPIC_TIMER_VECTOR
        lea     rsi, [rel timer]
        call    stand_gate
        mov     edi, YIELD_VECTOR
        lea     rsi, [rel exchange]
        call    stand_gate
        lea     rax, [rel second_stack + STACK_BYTES - FRAME_BYTES]
        lea     rcx, [rel second]
        mov     [rax + FRAME_RIP], rcx
        mov     qword [rax + FRAME_CS], SELECTOR_KERNEL_CODE
        mov     qword [rax + FRAME_FLAGS], RFLAGS_ALWAYS | RFLAGS_INTERRUPT
        lea     rcx, [rax + FRAME_BYTES]
        mov     [rax + FRAME_RSP], rcx
        mov     qword [rax + FRAME_SS], SELECTOR_KERNEL_DATA
        mov     [rel other], rax
        TRIAL   0, 0, 0
        OP_BEGIN
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_DIVIDE], LAPIC_DIVIDE_BY_1
        mov     dword [rax + LAPIC_TIMER], LAPIC_PERIODIC | LAPIC_TIMER_VECTOR
        mov     dword [rax + LAPIC_INITIAL], SLICE
        sti
        lea     rdi, [rel locks]
        call    thread_work
.wait:
        cmp     dword [rel ended], 2
        je      .done
        int     YIELD_VECTOR
        jmp     .wait
.done:
        cli
        OP_END
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_TIMER], LAPIC_MASKED
        mov     eax, [rel locks + LOCK_TAKEN]
%if SHARED == 0
        add     eax, [rel locks + LOCK_STEP + LOCK_TAKEN]
%endif
        cmp     eax, 2 * ROUNDS
        CHECK   e, every_section_done
        mov     eax, [rel exchanges]
        COUNT   exchanges, rax
        mov     eax, [rel inside]
        COUNT   inside, rax
        mov     eax, [rel spins]
        COUNT   spins, rax
        TRIAL_END
        pop     rbp
        pop     rbx
        ret

; The second thread; it gives up for ever when it is done.
second:
        lea     rdi, [rel locks + LOCK_STEP]
        call    thread_work
.done:
        int     YIELD_VECTOR
        jmp     .done

; rdi = lock: ROUNDS critical sections and what is between them. Clobbers rax, rcx, rdx, rbx.
; The thread says that it is inside before it takes the lock, and until it has given it back.
thread_work:
        mov     ebx, ROUNDS
.next:
        mov     dword [rel holding], 1
        mov     eax, 1
        xchg    [rdi], eax
        test    eax, eax
        jz      .taken
        mov     dword [rel holding], 0
.spin:
        inc     dword [rel spins]
        pause
        cmp     dword [rdi], 0
        jne     .spin
        jmp     .next
.taken:
        mov     edx, [rdi + LOCK_TAKEN]
        mov     ecx, SECTION
.inside:
        dec     ecx
        jnz     .inside
        inc     edx
        mov     [rdi + LOCK_TAKEN], edx
        mov     dword [rdi], 0
        mov     dword [rel holding], 0
%if ACTIVATIONS
        cmp     dword [rel wanted], 0
        je      .stay
        int     YIELD_VECTOR
.stay:
%endif
        mov     ecx, OUTSIDE
.outside:
        dec     ecx
        jnz     .outside
        dec     ebx
        jnz     .next
        inc     dword [rel ended]
        ret

; -----------------------------------------------------------------------------
; timer - the time of a thread is over
;
;   entered by  the local APIC's timer
;   in        nothing
;   out       in the other thread, or, where activations are, in this one until its critical
;             section is over
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  timer
timer:
        push    rax
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_EOI], 0
        pop     rax
%if ACTIVATIONS
        cmp     dword [rel holding], 0
        je      exchange
        mov     dword [rel wanted], 1
        iretq
%endif

; -----------------------------------------------------------------------------
; exchange - go on in the other thread
;
;   entered by  YIELD_VECTOR, and timer
;   in        nothing
;   out       in the other thread
;   clobbers  nothing
;   needs     its frame at other
;   probe     none
;
; Whether a thread is inside goes with it: holding is of the thread that runs.
; -----------------------------------------------------------------------------
global  exchange
exchange:
        PUSH_ALL
        inc     dword [rel exchanges]
        mov     eax, [rel holding]
        add     [rel inside], eax
        mov     ecx, [rel other_section]
        mov     [rel other_section], eax
        mov     [rel holding], ecx
        mov     dword [rel wanted], 0
        xchg    [rel other], rsp
        POP_ALL
        iretq

section .bss
align STAND_LINE
locks:
        resb    2 * STAND_LINE
other:
        resb    8
holding:
        resb    4
other_section:
        resb    4
wanted:
        resb    4
ended:
        resb    4
exchanges:
        resb    4
inside:
        resb    4
spins:
        resb    4
align STAND_LINE
second_stack:
        resb    STACK_BYTES
