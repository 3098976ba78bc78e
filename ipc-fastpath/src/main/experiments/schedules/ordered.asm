; An ordered lock for actors: put takes it, take gives it back.

%include "lib/list.inc"
%include "lib/lock-ordered.inc"

LEVEL           equ     1
LEVELS          equ     LIST_PLACES             ; of each CPU's, a line each
LINE_SHIFT      equ     6

section .text

; -----------------------------------------------------------------------------
; list_make - make a lock that is free
;
;   in        rdi = LIST_BYTES bytes of zeros at a page
;   out       nothing
;   clobbers  nothing
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        mov     dword [rdi + LOCK_LEVEL], LEVEL
        ret

; -----------------------------------------------------------------------------
; list_put - take the lock
;
;   in        rdi = lock, r12 = CPU
;   out       eax = 1
;   clobbers  rbx, rcx, flags
;   needs     the caller does not have it
;   probe     what ordered_take has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r12
        call    own_level
        call    ordered_take
        pop     r12
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; list_take - give the lock back
;
;   in        rdi = lock, r12 = CPU
;   out       eax = 1
;   clobbers  rbx, flags
;   needs     the caller has it
;   probe     none
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r12
        call    own_level
        call    ordered_give
        pop     r12
        mov     eax, 1
        ret

; rdi = lock, r12 = CPU: rbx = lock, r12 = the CPU's level.
own_level:
        mov     rbx, rdi
        shl     r12d, LINE_SHIFT
        lea     r12, [rdi + r12 + LEVELS]
        ret
