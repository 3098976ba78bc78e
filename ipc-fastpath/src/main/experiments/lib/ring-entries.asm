; Messages of some words to a receiver: INLINE in the entry that announces them, or in a ring of
; bytes beside it, where the entry only says where they are.

%include "lib/ring-entries.inc"

section .text

; -----------------------------------------------------------------------------
; entry_put - put a message
;
;   in        rbx = ring, r14d = messages before it, r15d = words, 1 to LONGEST; rdi = each of them
;   out       eax = 1, or 0 where there is no room
;   clobbers  rcx, rdx, rsi, flags
;   needs     ENTRIES, a power of two; one CPU puts
;   probe     none
;
; The words are there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  entry_put
entry_put:
        mov     eax, r14d
        sub     eax, [rbx + RING_TAKE]
        cmp     eax, ENTRIES
        jae     .full
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
        mov     [rsi + rcx * (1 << WORD_SHIFT) - (1 << WORD_SHIFT)], rdi
        dec     ecx
        jnz     .word
        lea     eax, [r14 + 1]
        mov     [rbx + RING_PUT], eax
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; entry_take - take the oldest message
;
;   in        rbx = ring, r14d = messages before it
;   out       eax = 1 and r8 = the sum of its words; or eax = 0 where there is none
;   clobbers  rcx, rdx, rsi, flags
;   needs     ENTRIES, a power of two; one CPU takes
;   probe     none
; -----------------------------------------------------------------------------
global  entry_take
entry_take:
        cmp     [rbx + RING_PUT], r14d
        jbe     .empty
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
        lea     eax, [r14 + 1]
        mov     [rbx + RING_TAKE], eax
        mov     eax, 1
        ret
.empty:
        xor     eax, eax
        ret
