; Messages go into a ring and out again, BATCH at a time, on one CPU. One trial measures the
; going in, one the coming out, each when all has been done once.

%include "stand/stand.inc"

SIDE_PUT        equ     0
SIDE_TAKE       equ     1
WORD_SIZE       equ     8
BATCH_BYTES     equ     WORDS * BATCH * WORD_SIZE
RING_BYTES      equ     PAGE_SIZE + CAPACITY * WORDS * WORD_SIZE

section .text

; A routine in which ROUNDS batches go in and out, with one side between the marks. Clobbers
; everything.
%macro ROUNDS_OF side, name
%{name}:
        mov     ebx, ROUNDS
.next:
        mov     [rel sent], rbx
        mov     [rel sent + BATCH_BYTES - WORD_SIZE], rbx
        lea     rdi, [rel ring]
        lea     rsi, [rel sent]
        mov     ecx, BATCH
%if %side == SIDE_PUT
        OP_BEGIN
        call    batch_put
        OP_END
%else
        call    batch_put
%endif
        test    eax, eax
        CHECK   nz, put
        lea     rdi, [rel ring]
        lea     rsi, [rel received]
        mov     ecx, BATCH
%if %side == SIDE_TAKE
        OP_BEGIN
        call    batch_take
        OP_END
%else
        call    batch_take
%endif
        test    eax, eax
        CHECK   nz, taken
        cmp     [rel received], rbx
        CHECK   e, first_word
        cmp     [rel received + BATCH_BYTES - WORD_SIZE], rbx
        CHECK   e, last_word
        CONTROL
        dec     ebx
        jnz     .next
        ret
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - put and take ROUNDS batches, four times
;
;   in        nothing
;   out       each came out as it went in
;   clobbers  everything
;   needs     CAPACITY, a power of two; WORDS of a message; BATCH up to CAPACITY
;   probe     the trials (0 puts, 1 takes), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel ring]
        mov     esi, CAPACITY
        mov     edx, WORDS
        call    batch_make
        call    rounds_put
        TRIAL   SIDE_PUT, 0, 0
        call    rounds_put
        TRIAL_END
        call    rounds_take
        TRIAL   SIDE_TAKE, 0, 0
        call    rounds_take
        TRIAL_END
        ret

        ROUNDS_OF SIDE_PUT, rounds_put
        ROUNDS_OF SIDE_TAKE, rounds_take

section .bss
align PAGE_SIZE
global  ring
ring:
        resb    RING_BYTES
align STAND_LINE
sent:
        resb    BATCH_BYTES
align STAND_LINE
received:
        resb    BATCH_BYTES
