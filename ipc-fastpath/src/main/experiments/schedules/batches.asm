; A ring of batches as a list of values: a value is a batch of BATCH messages of WORDS words, all of
; them copies of it, so a torn batch is seen. An emitted ring has its own memory, `ring`.

%include "lib/list.inc"

WORD_SIZE       equ     8
BATCH_BYTES     equ     BATCH * WORDS * WORD_SIZE

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty ring
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = batches, a power of two, as BATCH is
;   out       nothing
;   clobbers  rdx, rsi, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        imul    esi, esi, BATCH
        mov     edx, WORDS
        jmp     batch_make

; -----------------------------------------------------------------------------
; list_put - put a batch of a value
;
;   in        rdi = ring, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  all caller-saved registers, flags
;   needs     what batch_put does
;   probe     what batch_put has
; -----------------------------------------------------------------------------
global  list_put
list_put:
%rep BATCH * WORDS
        push    rsi
%endrep
        mov     rsi, rsp
        mov     ecx, BATCH
        call    batch_put
        add     rsp, BATCH_BYTES
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest batch
;
;   in        rdi = ring
;   out       eax = 1 and rdx = value, 0 where the batch was torn; or eax = 0 where there is none
;   clobbers  all caller-saved registers, flags
;   needs     what batch_take does
;   probe     what batch_take has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        sub     rsp, BATCH_BYTES
        mov     rsi, rsp
        mov     ecx, BATCH
        call    batch_take
        xor     r8d, r8d
        mov     rdx, [rsp]
%rep BATCH * WORDS
        pop     rcx
        xor     rcx, rdx
        or      r8, rcx
%endrep
        test    eax, eax
        jz      .none
        test    r8, r8
        jz      .whole
        xor     edx, edx
.whole:
        mov     eax, 1
.none:
        ret
