; A ring of messages for one who puts and one who takes, any number at a time with one
; publication. Its size and that of its messages are numbers in the ring.

%include "stand/stand.inc"

WORD_SHIFT      equ     3
WORD_SIZE       equ     1 << WORD_SHIFT
BATCH_PUT       equ     0                       ; the index that the putting side steps
BATCH_TAKE      equ     STAND_LINE              ; the one that the taking side steps
BATCH_MASK      equ     STAND_LINE * 2          ; capacity - 1
BATCH_WORDS     equ     BATCH_MASK + WORD_SIZE  ; words of a message
BATCH_SLOTS     equ     PAGE_SIZE

section .text

; Finds the slot of index r8 in r9; clobbers flags.
%macro FIND_SLOT
        mov     r9, r8
        and     r9, [rdi + BATCH_MASK]
        imul    r9, [rdi + BATCH_WORDS]
        lea     r9, [rdi + r9 * WORD_SIZE + BATCH_SLOTS]
%endmacro

; -----------------------------------------------------------------------------
; batch_make - make an empty ring
;
;   in        rdi = zeros at a page, BATCH_SLOTS bytes and those of the slots; esi = capacity,
;             a power of two; edx = words of a message
;   out       nothing
;   clobbers  rdx, rsi, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  batch_make
batch_make:
        dec     esi
        mov     [rdi + BATCH_MASK], rsi
        mov     edx, edx
        mov     [rdi + BATCH_WORDS], rdx
        ret

; -----------------------------------------------------------------------------
; batch_put - put messages behind all others, with one publication
;
;   in        rdi = ring, rsi = messages one behind the other, ecx = how many, at least 1
;   out       eax = 1, or 0 where not all of them fit, and none is put
;   clobbers  rcx, rdx, rsi, r8, r9, flags
;   needs     one CPU puts
;   probe     none
;
; The words are there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  batch_put
batch_put:
        mov     r8, [rdi + BATCH_PUT]
        mov     ecx, ecx
        lea     rax, [r8 + rcx - 1]
        sub     rax, [rdi + BATCH_TAKE]
        cmp     rax, [rdi + BATCH_MASK]
        ja      .full
.message:
        FIND_SLOT
        mov     edx, [rdi + BATCH_WORDS]
.word:
        mov     rax, [rsi]
        mov     [r9], rax
        add     rsi, WORD_SIZE
        add     r9, WORD_SIZE
        dec     edx
        jnz     .word
        inc     r8
        dec     ecx
        jnz     .message
        mov     [rdi + BATCH_PUT], r8
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; batch_take - take the oldest messages
;
;   in        rdi = ring, rsi = room for them, ecx = how many, at least 1
;   out       eax = 1, or 0 where there are not so many, and none is taken
;   clobbers  rcx, rdx, rsi, r8, r9, flags
;   needs     one CPU takes
;   probe     none
; -----------------------------------------------------------------------------
global  batch_take
batch_take:
        mov     r8, [rdi + BATCH_TAKE]
        mov     ecx, ecx
        mov     rax, [rdi + BATCH_PUT]
        sub     rax, r8
        cmp     rax, rcx
        jb      .too_few
.message:
        FIND_SLOT
        mov     edx, [rdi + BATCH_WORDS]
.word:
        mov     rax, [r9]
        mov     [rsi], rax
        add     rsi, WORD_SIZE
        add     r9, WORD_SIZE
        dec     edx
        jnz     .word
        inc     r8
        dec     ecx
        jnz     .message
        mov     [rdi + BATCH_TAKE], r8
        mov     eax, 1
        ret
.too_few:
        xor     eax, eax
        ret
