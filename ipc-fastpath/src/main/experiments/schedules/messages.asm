; A carrier of short messages as a list of values: a message is MESSAGE_WORDS copies of one, so a
; torn one is seen.

%include "lib/message.inc"

MESSAGE_WORDS   equ     3
MESSAGE_BYTES   equ     MESSAGE_WORDS << WORD_SHIFT

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty carrier
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; SLOTS fit behind MESSAGE_SLOTS
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        jmp     message_make

; -----------------------------------------------------------------------------
; list_put - send a value
;
;   in        rdi = carrier, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  all caller-saved registers, flags
;   needs     what message_put does
;   probe     what message_put has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    rsi
        push    rsi
        push    rsi
        mov     rsi, rsp
        mov     ecx, MESSAGE_BYTES
        call    message_put
        add     rsp, MESSAGE_BYTES
        ret

; -----------------------------------------------------------------------------
; list_take - receive the oldest value
;
;   in        rdi = carrier
;   out       eax = 1 and rdx = value, 0 where it was torn; or eax = 0 where there is none
;   clobbers  all caller-saved registers, flags
;   needs     what message_take does
;   probe     what message_take has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        sub     rsp, MESSAGE_BYTES
        mov     rdx, rsp
        call    message_take
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
