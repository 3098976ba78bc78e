; Messages of several lengths into a ring that fills up: which it takes, and what each costs.

%include "lib/message.inc"

section .text

; -----------------------------------------------------------------------------
; workload_cpu - send ROUNDS messages of each length
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     one CPU; ROUNDS <= SLOTS
;   probe     the trial, the operation, the control arm; messages that the ring took and that it
;             refused are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel ring]
        call    message_make
        lea     r15, [rel lengths]
.length:
        mov     r12d, [r15]
        xor     r14d, r14d
        mov     r13d, ROUNDS
        TRIAL   r12, 0, 0
.next:
        lea     rdi, [rel ring]
        lea     rsi, [rel sent]
        mov     ecx, r12d
        OP_BEGIN
        call    message_put
        OP_END
        cmp     eax, 1
        sete    al
        movzx   eax, al
        add     r14, rax
        CONTROL
        dec     r13d
        jnz     .next
        COUNT   taken, r14
        mov     ecx, ROUNDS
        sub     rcx, r14
        COUNT   refused, rcx
        TRIAL_END
.empty:
        lea     rdi, [rel ring]
        lea     rdx, [rel received]
        call    message_take
        test    eax, eax
        jnz     .empty
        add     r15, LENGTH_BYTES
        lea     rax, [rel lengths_end]
        cmp     r15, rax
        jb      .length
        ret

section .rodata
align 8
lengths:
        dd      1, 8, 32, SLOT_INLINE, SLOT_INLINE + 1, STAND_LINE
lengths_end:
LENGTH_BYTES    equ     4

section .bss
align STAND_LINE
sent:
        resb    STAND_LINE
received:
        resb    STAND_LINE
align PAGE_SIZE
ring:
        resb    MESSAGE_SLOTS + SLOTS * SLOT_BYTES
