; A ring of batches as a list of values: a value is a batch of BATCH messages of WORDS words, which
; are numbers from BATCH * WORDS times the value on, so a batch that is torn or out of order is seen.
; An emitted ring has its own memory, `ring`.

%include "lib/list.inc"

WORD_SIZE       equ     8
NUMBERS         equ     BATCH * WORDS           ; of a batch
BATCH_BYTES     equ     NUMBERS * WORD_SIZE

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
        imul    rsi, rsi, NUMBERS
        add     rsi, NUMBERS
%rep NUMBERS
        dec     rsi
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
;   out       eax = 1 and rdx = value, 0 where the batch was another one; or eax = 0 where there is none
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
        mov     rsi, [rsp]
        mov     r9, rsi
        xor     r8d, r8d
%rep NUMBERS
        pop     rcx
        xor     rcx, r9
        or      r8, rcx
        inc     r9
%endrep
        test    eax, eax
        jz      .none
        mov     rax, rsi
        xor     edx, edx
        mov     ecx, NUMBERS
        div     rcx
        or      r8, rdx                         ; a rest: not the first of a batch
        mov     rdx, rax
        jz      .whole
        xor     edx, edx
.whole:
        mov     eax, 1
.none:
        ret
