; Each CPU takes a lock of a level, steps a number and gives the lock back. FAST: 1 tries a
; compare-exchange at once and waits only if that fails; 0 looks first until the lock is free.

%include "stand/stand.inc"

LOCK_WORD       equ     0                       ; 4 bytes: 1 while it is taken
LOCK_LEVEL      equ     4                       ; 4 bytes: who holds a higher one must not take it
CPU_SHIFT       equ     6

section .text

; -----------------------------------------------------------------------------
; workload_cpu - step the number ROUNDS times
;
;   in        edi = CPU
;   out       the number is ROUNDS times the number of CPUs
;   clobbers  everything
;   needs     called on all CPUs
;   probe     the trial, the operation, the control arm; looks and tries in vain are tallied
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        shl     r12d, CPU_SHIFT
        lea     rax, [rel levels]
        add     r12, rax
        lea     rbx, [rel the_lock]
        mov     dword [rbx + LOCK_LEVEL], 1
        mov     r13d, ROUNDS
        BARRIER
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        call    ordered_take
        inc     qword [rel number]
        call    ordered_give
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        BARRIER
        cmp     qword [rel number], ROUNDS * CPUS
        CHECK   e, every_step_counted
        ret

; Takes the lock in rbx, with the CPU's level at r12. Clobbers rax, rcx.
ordered_take:
        mov     ecx, [rbx + LOCK_LEVEL]
        cmp     [r12], ecx
        CHECK   b, locks_are_in_order
        mov     [r12], ecx
        mov     ecx, 1
%if FAST == 0
        jmp     .look
%endif
.try:
        xor     eax, eax
        lock cmpxchg [rbx + LOCK_WORD], ecx
        je      .taken
        TALLY   lost
.wait:
        pause
.look:
        cmp     dword [rbx + LOCK_WORD], 0
        je      .try
        TALLY   lost
        jmp     .wait
.taken:
        ret

; Gives it back. Clobbers nothing.
ordered_give:
        mov     dword [rbx + LOCK_WORD], 0
        mov     dword [r12], 0
        ret

section .bss
align STAND_LINE
the_lock:
        resb    STAND_LINE
number:
        resb    STAND_LINE
levels:
        resb    CPUS << CPU_SHIFT
