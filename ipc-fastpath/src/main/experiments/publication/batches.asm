; A sender publishes messages of a line, BATCH at a time, to a receiver that watches the index.
; EACH: the index is stored behind each message, not once behind all. ORDER: by a plain store, by
; one behind a fence, or by an exchange. With one CPU it receives as well, unmeasured.

%include "stand/stand.inc"

ORDER_PLAIN     equ     0
ORDER_FENCE     equ     1
RING_SLOTS      equ     64
RING_SHIFT      equ     6
RING_PUT        equ     0
RING_TAKE       equ     STAND_LINE
RING_SLOT       equ     PAGE_SIZE
SLOT_WORDS      equ     STAND_LINE / PTE_SIZE

; Publishes r8 as the sender's index, in the declared order; clobbers rax.
%macro PUBLISH
%if ORDER == ORDER_PLAIN
        mov     [rdi + RING_PUT], r8
%elif ORDER == ORDER_FENCE
        mfence
        mov     [rdi + RING_PUT], r8
%else
        mov     rax, r8
        xchg    [rdi + RING_PUT], rax
%endif
%endmacro

section .text

; -----------------------------------------------------------------------------
; workload_cpu - send ROUNDS batches, or receive them
;
;   in        edi = CPU
;   out       all messages arrived in order
;   clobbers  everything
;   needs     called on one CPU or on two
;   probe     the trial (0 sends, 1 receives), the operation, the control arm; publications are
;             counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        lea     rdi, [rel ring]
        xor     r14d, r14d
        mov     r13d, ROUNDS
        BARRIER
        test    r12d, r12d
        jnz     .receiver
        xor     r15d, r15d
        TRIAL   0, 0, 0
.next:
        lea     rdi, [rel ring]
.room:
        mov     rax, r14
        sub     rax, [rdi + RING_TAKE]
        cmp     rax, RING_SLOTS - BATCH
        jbe     .send
        pause
        jmp     .room
.send:
        OP_BEGIN
        mov     r8, r14
        mov     ecx, BATCH
.message:
        mov     edx, r8d
        and     edx, RING_SLOTS - 1
        shl     edx, RING_SHIFT
        lea     rdx, [rdi + rdx + RING_SLOT]
%rep SLOT_WORDS, word
        mov     [rdx + %word * PTE_SIZE], r8
%endrep
        inc     r8
%if EACH
        PUBLISH
%endif
        dec     ecx
        jnz     .message
%if EACH == 0
        PUBLISH
%endif
        OP_END
        add     r14, BATCH
        CONTROL
%if CPUS == 1
        sub     r14, BATCH
        call    take_batch
%endif
        dec     r13d
        jnz     .next
%if EACH
        mov     eax, ROUNDS * BATCH
%else
        mov     eax, ROUNDS
%endif
        COUNT   publications, rax
        mov     eax, ROUNDS * BATCH
        COUNT   messages, rax
        TRIAL_END
        ret
.receiver:
        TRIAL   1, 0, 0
.again:
        OP_BEGIN
        call    take_batch
        OP_END
        CONTROL
        dec     r13d
        jnz     .again
        mov     eax, ROUNDS * BATCH
        COUNT   messages, rax
        TRIAL_END
        ret

; Receives BATCH messages from number r14 on and steps r14. Clobbers rax, rcx, rdx, rdi, flags.
take_batch:
        lea     rdi, [rel ring]
        mov     ecx, BATCH
.message:
        cmp     [rdi + RING_PUT], r14
        ja      .there
        pause
        jmp     .message
.there:
        mov     edx, r14d
        and     edx, RING_SLOTS - 1
        shl     edx, RING_SHIFT
        mov     rax, [rdi + rdx + RING_SLOT]
        cmp     rax, r14
        CHECK   e, in_order
        inc     r14
        dec     ecx
        jnz     .message
        mov     [rdi + RING_TAKE], r14
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_SLOT + RING_SLOTS * STAND_LINE
