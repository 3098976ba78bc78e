; A condition as a list of one value that is known: put makes it true, take waits for it.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; list_make - nothing is to be made
;
;   in        rdi = LIST_BYTES bytes of zeros at a page
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - make the condition true
;
;   in        rsi = VALUE
;   out       eax = 1
;   clobbers  rcx, r8, r9, flags
;   needs     one CPU puts, once
;   probe     what condition_post has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r13
        mov     r13d, esi
        call    condition_post
        pop     r13
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; list_take - wait until the condition is true
;
;   in        nothing
;   out       eax = 1, rdx = VALUE
;   clobbers  rcx, r8, r9, flags
;   needs     one CPU takes, once
;   probe     what condition_wait has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r13
        mov     r13d, VALUE
        call    condition_wait
        mov     edx, r13d
        pop     r13
        mov     eax, 1
        ret
