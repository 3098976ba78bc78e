; One CPU puts numbers into a ring and another one takes them; one CPU alone does both.

%include "lib/list.inc"

RING_CAPACITY   equ     16
CONTROLS        equ     32                      ; rounds of the control arm, before the numbers

section .text

; -----------------------------------------------------------------------------
; workload_cpu - put ROUNDS numbers, or take them
;
;   in        edi = CPU
;   out       they arrived in order
;   clobbers  everything
;   needs     called on one CPU or on two
;   probe     the trial (0 puts, 1 takes), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        test    edi, edi
        jnz     .made
        lea     rdi, [rel ring]
        mov     esi, RING_CAPACITY
        call    list_make
.made:
        mov     r13d, ROUNDS
        BARRIER
        test    r12d, r12d
        jnz     .taker
        TRIAL   0, 0, 0
        call    controls
.next:
        lea     rdi, [rel ring]
        mov     rsi, r13
        OP_BEGIN
.put:
        call    list_put
        test    eax, eax
        jnz     .there
        TALLY   waits
        pause
        jmp     .put
.there:
        OP_END
%if CPUS == 1
        call    take
%endif
        dec     r13d
        jnz     .next
        TRIAL_END
        ret
.taker:
        TRIAL   1, 0, 0
        call    controls
.again:
        OP_BEGIN
        call    take
        OP_END
        dec     r13d
        jnz     .again
        TRIAL_END
        ret

; The control arm, out of the way of the numbers: between them it would hide what they wait for.
; Clobbers rax, rbx, rcx.
controls:
        mov     ebx, CONTROLS
.next:
        CONTROL
        dec     ebx
        jnz     .next
        BARRIER
        ret

; Takes a number, which must be r13. Clobbers rax, rcx, rdx, rdi, flags.
take:
        lea     rdi, [rel ring]
        call    list_take
        test    eax, eax
        jnz     .there
        TALLY   waits
        pause
        jmp     take
.there:
        cmp     rdx, r13
        CHECK   e, in_order
        ret

section .bss
align PAGE_SIZE
ring:
        resb    LIST_BYTES
