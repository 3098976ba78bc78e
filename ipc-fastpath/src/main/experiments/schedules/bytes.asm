; Lux9's ring of bytes as a list of values: behind a message's size are MESSAGE_COPIES copies of one
; value, so a torn message is seen.

%include "lib/ring-bytes.inc"

MESSAGE_COPIES  equ     3
MESSAGE_BYTES   equ     (MESSAGE_COPIES + 1) << WORD_SHIFT

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty ring
;
;   in        rdi = LIST_BYTES bytes of zeros at a page
;   out       nothing
;   clobbers  nothing
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - send a value
;
;   in        rdi = ring, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  all caller-saved registers, flags
;   needs     what ring_put does
;   probe     what ring_put has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    rsi
        push    rsi
        push    rsi
        push    MESSAGE_BYTES
        mov     rsi, rsp
        call    ring_put
        add     rsp, MESSAGE_BYTES
        ret

; -----------------------------------------------------------------------------
; list_take - receive the oldest value
;
;   in        rdi = ring
;   out       eax = 1 and rdx = value, 0 where it was torn; or eax = 0 where there is none
;   clobbers  all caller-saved registers, flags
;   needs     what ring_take does
;   probe     what ring_take has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        sub     rsp, MESSAGE_BYTES
        mov     rdx, rsp
        call    ring_take
        pop     rdi
        pop     rdx
        pop     rcx
        pop     rsi
        test    eax, eax
        jz      .none
        cmp     rcx, rdx
        jne     .torn
        cmp     rsi, rdx
        jne     .torn
        cmp     eax, MESSAGE_BYTES
        je      .whole
.torn:
        xor     edx, edx
.whole:
        mov     eax, 1
.none:
        ret
