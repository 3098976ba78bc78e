; A ring of entries as a list of values: a message is MESSAGE_WORDS copies of one. The sum of a torn
; one is not as many times its value.

%include "lib/ring-entries.inc"

MESSAGE_WORDS   equ     3

section .text

; -----------------------------------------------------------------------------
; list_make - nothing is to be made: the ring is zeros
;
;   in        nothing
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - send a value
;
;   in        rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  all caller-saved registers, rbx, flags
;   needs     what entry_put does
;   probe     what entry_put has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r14
        push    r15
        lea     rbx, [rel ring]
        mov     r14d, [rbx + RING_PUT]
        mov     r15d, MESSAGE_WORDS
        mov     rdi, rsi
        call    entry_put
        pop     r15
        pop     r14
        ret

; -----------------------------------------------------------------------------
; list_take - receive the oldest value
;
;   in        nothing
;   out       eax = 1 and rdx = value, 0 where it was torn; or eax = 0 where there is none
;   clobbers  all caller-saved registers, rbx, flags
;   needs     what entry_take does
;   probe     what entry_take has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r14
        lea     rbx, [rel ring]
        mov     r14d, [rbx + RING_TAKE]
        call    entry_take
        pop     r14
        test    eax, eax
        jz      .none
        mov     rax, r8
        xor     edx, edx
        mov     ecx, MESSAGE_WORDS
        div     rcx
        neg     rdx
        sbb     rdx, rdx
        not     rdx
        and     rdx, rax
        mov     eax, 1
.none:
        ret

section .bss
align PAGE_SIZE
ring:
        resb    RING_BYTES
