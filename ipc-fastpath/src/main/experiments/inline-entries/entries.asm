; Messages of some words to a receiver: INLINE in the entry that announces them, or in a ring of
; bytes beside it, where the entry only says where they are.

%include "stand/stand.inc"

ENTRIES         equ     16
ENTRY_PLACE     equ     0                       ; where the bytes are, 8 bytes
ENTRY_LENGTH    equ     8                       ; words, 8 bytes
ENTRY_INLINE    equ     STAND_LINE              ; of the entry: bytes behind a header of a line
INLINE_SHIFT    equ     7                       ; header and bytes
SEPARATE_SHIFT  equ     4
DATA_BYTES      equ     1024                    ; of the ring beside it, a power of two
DATA_SLOT       equ     64                      ; bytes that a message takes there
RING_PUT        equ     0
RING_TAKE       equ     STAND_LINE
RING_ENTRIES    equ     PAGE_SIZE
RING_DATA       equ     PAGE_SIZE * 2
WORD_SHIFT      equ     3
LONGEST         equ     8                       ; words

section .text

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
        call    put
%if CPUS == 1
        call    take
%endif
        OP_END
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
        call    take
        OP_END
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

; Puts message r14 of r15 words as soon as there is room. Clobbers rax, rcx, rdx, rsi, r8.
put:
        mov     eax, r14d
        sub     eax, [rbx + RING_TAKE]
        cmp     eax, ENTRIES
        jb      .room
        pause
        jmp     put
.room:
        mov     edx, r14d
        and     edx, ENTRIES - 1
%if INLINE
        shl     edx, INLINE_SHIFT
        lea     rdx, [rbx + rdx + RING_ENTRIES]
        lea     rsi, [rdx + ENTRY_INLINE]
%else
        mov     esi, r14d
        imul    esi, esi, DATA_SLOT
        and     esi, DATA_BYTES - 1
        shl     edx, SEPARATE_SHIFT
        lea     rdx, [rbx + rdx + RING_ENTRIES]
        mov     [rdx + ENTRY_PLACE], rsi
        lea     rsi, [rbx + rsi + RING_DATA]
%endif
        mov     [rdx + ENTRY_LENGTH], r15
        mov     ecx, r15d
.word:
        mov     [rsi + rcx * (1 << WORD_SHIFT) - (1 << WORD_SHIFT)], r14
        dec     ecx
        jnz     .word
        lea     eax, [r14 + 1]
        mov     [rbx + RING_PUT], eax
        ret

; Takes message r14 as soon as it is there. Clobbers rax, rcx, rdx, rsi, r8.
take:
        cmp     [rbx + RING_PUT], r14d
        ja      .there
        pause
        jmp     take
.there:
        mov     edx, r14d
        and     edx, ENTRIES - 1
%if INLINE
        shl     edx, INLINE_SHIFT
        lea     rdx, [rbx + rdx + RING_ENTRIES]
        lea     rsi, [rdx + ENTRY_INLINE]
%else
        shl     edx, SEPARATE_SHIFT
        lea     rdx, [rbx + rdx + RING_ENTRIES]
        mov     rsi, [rdx + ENTRY_PLACE]
        and     esi, DATA_BYTES - 1
        lea     rsi, [rbx + rsi + RING_DATA]
%endif
        mov     rcx, [rdx + ENTRY_LENGTH]
        and     ecx, (LONGEST << 1) - 1
        xor     r8d, r8d
.word:
        add     r8, [rsi + rcx * (1 << WORD_SHIFT) - (1 << WORD_SHIFT)]
        dec     ecx
        jnz     .word
        mov     rax, r15
        imul    rax, r14
        cmp     r8, rax
        CHECK   e, in_order
        lea     eax, [r14 + 1]
        mov     [rbx + RING_TAKE], eax
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_DATA + DATA_BYTES
%assert ENTRIES << INLINE_SHIFT <= RING_DATA - RING_ENTRIES, "entries fit"
%assert ENTRIES * DATA_SLOT <= DATA_BYTES, "a message's bytes stay until it is taken"
