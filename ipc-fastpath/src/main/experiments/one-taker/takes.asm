; CPU 0 takes what all others put into one queue.

%include "lib/list.inc"

QUEUE_CAPACITY  equ     16
VALUE_SHIFT     equ     32                      ; a CPU's values begin there
LEFT_BYTES      equ     4

section .text

; -----------------------------------------------------------------------------
; workload_cpu - put ROUNDS values, or take all of them
;
;   in        edi = CPU
;   out       what was put has been taken, and each CPU's values in their order
;   clobbers  everything
;   needs     called on 2 to 4 CPUs
;   probe     the trial (0 takes, 1 puts), the operation, the control arm; operations are
;             counted, tries in vain tallied
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        test    edi, edi
        jnz     .made
        lea     rdi, [rel queue]
        mov     esi, QUEUE_CAPACITY
        call    list_make
.made:
        BARRIER
        test    r12d, r12d
        jz      taker
        mov     r13d, ROUNDS
        TRIAL   1, 0, 0
.next:
        mov     rsi, r12
        shl     rsi, VALUE_SHIFT
        add     rsi, r13
        mov     r14, rsi
        OP_BEGIN
.again:
        lea     rdi, [rel queue]
        mov     rsi, r14
        call    list_put
        test    eax, eax
        jnz     .put
        TALLY   lost
        pause
        jmp     .again
.put:
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        mov     ecx, ROUNDS
        COUNT   operations, rcx
        TRIAL_END
        ret

; Takes all values. r13 = how many are left.
taker:
        mov     r13d, ROUNDS * (CPUS - 1)
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
.again:
        lea     rdi, [rel queue]
        call    list_take
        test    eax, eax
        jnz     .taken
        TALLY   lost
        pause
        jmp     .again
.taken:
        OP_END
        mov     rcx, rdx
        shr     rcx, VALUE_SHIFT
        lea     rax, [rel left]
        dec     dword [rax + rcx * LEFT_BYTES]
        mov     eax, [rax + rcx * LEFT_BYTES]
        inc     eax
        cmp     eax, edx
        CHECK   e, in_order
        CONTROL
        dec     r13d
        jnz     .next
        mov     ecx, ROUNDS * (CPUS - 1)
        COUNT   operations, rcx
        TRIAL_END
        ret

section .data
align STAND_LINE
left:                                           ; of each CPU's values
        dd      ROUNDS, ROUNDS, ROUNDS, ROUNDS

section .bss
align PAGE_SIZE
queue:
        resb    LIST_BYTES
