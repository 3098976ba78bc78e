; Each CPU puts a value into one queue for all and takes one out, again and again.

%include "lib/list.inc"

QUEUE_CAPACITY  equ     16
VALUE_SHIFT     equ     32                      ; a CPU's values begin there

section .text

; -----------------------------------------------------------------------------
; workload_cpu - put and take ROUNDS times
;
;   in        edi = CPU
;   out       what all CPUs put together they have taken together
;   clobbers  everything
;   needs     called on all CPUs; at most QUEUE_CAPACITY of them
;   probe     the trial, the operation, the control arm; operations are counted, tries in vain
;             tallied
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        xor     r14d, r14d
        xor     r15d, r15d
        test    edi, edi
        jnz     .made
        lea     rdi, [rel queue]
        mov     esi, QUEUE_CAPACITY
        call    list_make
.made:
        mov     r13d, ROUNDS
        BARRIER
        TRIAL   0, 0, 0
.next:
        lea     rdi, [rel queue]
        mov     rsi, r12
        shl     rsi, VALUE_SHIFT
        add     rsi, r13
        add     r14, rsi
        OP_BEGIN
        call    list_put
        test    eax, eax
        CHECK   nz, there_is_room
        lea     rdi, [rel queue]
.again:
        call    list_take
        test    eax, eax
        jnz     .taken
        TALLY   lost
        pause
        jmp     .again
.taken:
        OP_END
        add     r15, rdx
        CONTROL
        dec     r13d
        jnz     .next
        mov     ecx, ROUNDS
        COUNT   operations, rcx
        TRIAL_END
        sub     r14, r15
        lock add [rel balance], r14
        BARRIER
        cmp     qword [rel balance], 0
        CHECK   e, taken_as_put
        test    r12d, r12d
        jnz     .done
        lea     rdi, [rel queue]
        call    list_take
        test    eax, eax
        CHECK   z, queue_is_empty
.done:
        ret

section .bss
align STAND_LINE
balance:
        resb    8
align PAGE_SIZE
queue:
        resb    LIST_BYTES
