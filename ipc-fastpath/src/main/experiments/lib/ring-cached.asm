; The ring of lib/ring-spsc.asm whose sides remember the other side's index, and look at it again
; only when the ring seems full or empty. SPACING is the distance of the sides' indices.

%include "lib/list.inc"

RING_PUT        equ     LIST_PUT
RING_TAKE       equ     LIST_PUT + SPACING
RING_SEEN_TAKE  equ     LIST_PUT + STAND_LINE * 4       ; what the putting side saw last
RING_SEEN_PUT   equ     LIST_PUT + STAND_LINE * 5       ; what the taking side did
RING_SHIFT      equ     3
RING_VALUES     equ     STAND_LINE * 8

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
; -----------------------------------------------------------------------------
global  list_put
list_put:
        mov     rcx, [rdi + RING_PUT]
        mov     rdx, rcx
        sub     rdx, [rdi + RING_SEEN_TAKE]
        cmp     rdx, [rdi + LIST_MASK]
        ja      .look
.room:
        mov     rdx, rcx
        and     rdx, [rdi + LIST_MASK]
        mov     [rdi + rdx * (1 << RING_SHIFT) + RING_VALUES], rsi
        inc     rcx
        mov     [rdi + RING_PUT], rcx
        mov     eax, 1
        ret
.look:
        mov     rdx, [rdi + RING_TAKE]
        mov     [rdi + RING_SEEN_TAKE], rdx
        sub     rdx, rcx
        neg     rdx
        cmp     rdx, [rdi + LIST_MASK]
        jbe     .room
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
        cmp     rcx, [rdi + RING_SEEN_PUT]
        je      .look
.there:
        mov     rdx, rcx
        and     rdx, [rdi + LIST_MASK]
        mov     rdx, [rdi + rdx * (1 << RING_SHIFT) + RING_VALUES]
        inc     rcx
        mov     [rdi + RING_TAKE], rcx
        mov     eax, 1
        ret
.look:
        mov     rdx, [rdi + RING_PUT]
        mov     [rdi + RING_SEEN_PUT], rdx
        cmp     rcx, rdx
        jne     .there
        xor     eax, eax
        ret
