; The ring of lib/ring-spsc.asm by an assembler that knows its capacity: numbers of the
; instruction in place of numbers in memory, and else the same code.

%include "lib/list.inc"

RING_SHIFT      equ     3

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty ring
;
;   in        rdi = LIST_BYTES bytes of zeros at a page
;   out       nothing
;   clobbers  none
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - put a value behind all others
;
;   in        rdi = ring, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  rcx, rdx, flags
;   needs     one CPU puts
;   probe     none
; -----------------------------------------------------------------------------
global  list_put
list_put:
        mov     rcx, [rdi + LIST_PUT]
        mov     rdx, rcx
        sub     rdx, [rdi + LIST_TAKE]
        cmp     rdx, CAPACITY - 1
        ja      .full
        mov     rdx, rcx
        and     edx, CAPACITY - 1
        mov     [rdi + rdx * (1 << RING_SHIFT) + LIST_PLACES], rsi
        inc     rcx
        mov     [rdi + LIST_PUT], rcx
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest value
;
;   in        rdi = ring
;   out       eax = 1 and rdx = value, or eax = 0 where there is none
;   clobbers  rcx, flags
;   needs     one CPU takes
;   probe     none
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     rcx, [rdi + LIST_TAKE]
        cmp     rcx, [rdi + LIST_PUT]
        je      .empty
        mov     rdx, rcx
        and     edx, CAPACITY - 1
        mov     rdx, [rdi + rdx * (1 << RING_SHIFT) + LIST_PLACES]
        inc     rcx
        mov     [rdi + LIST_TAKE], rcx
        mov     eax, 1
        ret
.empty:
        xor     eax, eax
        ret
