; A ring for one who puts and one who takes (Lamport 1983): two indices that only grow, each
; written by one side. SPACING is the distance of the two in memory, 8 or a line and more.

%include "lib/list.inc"

%ifndef SPACING
SPACING         equ     STAND_LINE
%endif
RING_PUT        equ     LIST_PUT
RING_TAKE       equ     LIST_PUT + SPACING
RING_SHIFT      equ     3                       ; a value each

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty ring
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = capacity, a power of two
;   out       nothing
;   clobbers  rsi, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        dec     esi
        mov     [rdi + LIST_MASK], rsi
        ret

; -----------------------------------------------------------------------------
; list_put - put a value behind all others
;
;   in        rdi = ring, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  rcx, rdx, flags
;   needs     one CPU puts
;   probe     none
;
; The value is there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  list_put
list_put:
        mov     rcx, [rdi + RING_PUT]
        mov     rdx, rcx
        sub     rdx, [rdi + RING_TAKE]
        cmp     rdx, [rdi + LIST_MASK]
        ja      .full
        mov     rdx, rcx
        and     rdx, [rdi + LIST_MASK]
        mov     [rdi + rdx * (1 << RING_SHIFT) + LIST_PLACES], rsi
        inc     rcx
        mov     [rdi + RING_PUT], rcx
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
        mov     rcx, [rdi + RING_TAKE]
        cmp     rcx, [rdi + RING_PUT]
        je      .empty
        mov     rdx, rcx
        and     rdx, [rdi + LIST_MASK]
        mov     rdx, [rdi + rdx * (1 << RING_SHIFT) + LIST_PLACES]
        inc     rcx
        mov     [rdi + RING_TAKE], rcx
        mov     eax, 1
        ret
.empty:
        xor     eax, eax
        ret
