; Messages of some words through a ring of entries, from one CPU to itself or to another one.

%include "lib/ring-entries.inc"

section .text

; Takes message r14 of r15 words as soon as it is there. Clobbers rax, rcx, rdx, rsi, r8.
%macro TAKE_NEXT
%%again:
        call    entry_take
        test    eax, eax
        jnz     %%taken
        pause
        jmp     %%again
%%taken:
%endmacro

; Looks whether the words in r8 were those of message r14. Clobbers rax.
%macro CHECK_TAKEN
        mov     rax, r15
        imul    rax, r14
        cmp     r8, rax
        CHECK   e, in_order
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - carry ROUNDS messages of 1 to LONGEST words
;
;   in        edi = CPU
;   out       they arrived in order
;   clobbers  everything
;   needs     called on one CPU, which does both, or on two: one puts, the other one takes
;   probe     the trial (words; 0 puts or does both, 1 takes), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        xor     r14d, r14d
        mov     r15d, 1
.length:
        mov     r13d, ROUNDS
        BARRIER
        lea     rbx, [rel ring]
        test    r12d, r12d
        jnz     .taker
        TRIAL   r15, 0, 0
.next:
        OP_BEGIN
.put:
        mov     edi, r14d
        call    entry_put
        test    eax, eax
        jnz     .there
        pause
        jmp     .put
.there:
%if CPUS == 1
        TAKE_NEXT
%endif
        OP_END
%if CPUS == 1
        CHECK_TAKEN
%endif
        inc     r14d
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        jmp     .done
.taker:
        TRIAL   r15, 1, 0
.again:
        OP_BEGIN
        TAKE_NEXT
        OP_END
        CHECK_TAKEN
        inc     r14d
        CONTROL
        dec     r13d
        jnz     .again
        TRIAL_END
.done:
        shl     r15d, 1
        cmp     r15d, LONGEST
        jbe     .length
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_BYTES
