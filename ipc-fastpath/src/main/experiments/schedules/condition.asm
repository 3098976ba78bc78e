; A condition as a list of values that are known: the first is VALUE, which CPU 0 puts, the next is
; that of CPU 2. Put makes one true, when the one before was put and seen; take waits for it.

%include "lib/list.inc"

NEXT_SHIFT      equ     5                       ; from a value to the next

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
; list_put - make the condition a value
;
;   in        rsi = value
;   out       eax = 1
;   clobbers  rcx, r8, r9, flags
;   needs     each value is put once
;   probe     turn_wait: another value comes first; what condition_post has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r13
        mov     r13d, esi
        lea     ecx, [r13 - VALUE]
        shr     ecx, NEXT_SHIFT
.turn:
        cmp     [rel seen], ecx
        jne     .wait
        cmp     [rel posted], ecx
        je      .post
.wait:
        PROBE   turn_wait, rsp
        pause
        jmp     .turn
.post:
        call    condition_post
        inc     dword [rel posted]
        pop     r13
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; list_take - wait until the condition is the next value
;
;   in        nothing
;   out       eax = 1, rdx = value
;   clobbers  rcx, r8, r9, flags
;   needs     one CPU takes
;   probe     what condition_wait has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r13
        mov     r13d, [rel seen]
        shl     r13d, NEXT_SHIFT
        add     r13d, VALUE
        call    condition_wait
        inc     dword [rel seen]
        mov     edx, r13d
        pop     r13
        mov     eax, 1
        ret

section .bss
align STAND_LINE
seen:
        resb    STAND_LINE                      ; how many values were
posted:
        resb    STAND_LINE
