; A queue whose operations exclude each other by a lock: what the others are compared with.

%include "lib/list.inc"

QUEUE_PUT       equ     LIST_PUT
QUEUE_TAKE      equ     LIST_PUT + 8            ; both change under the lock
QUEUE_LOCK      equ     LIST_TAKE
QUEUE_SHIFT     equ     3                       ; a value each

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty queue
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
;   in        rdi = queue, rsi = value
;   out       eax = 1, or 0 where it is full
;   clobbers  rcx, rdx, r8, r9, r10, flags
;   needs     a stack
;   probe     what the lock has
; -----------------------------------------------------------------------------
global  list_put
list_put:
        sub     rsp, LOCK_PLACE
        lea     r8, [rdi + QUEUE_LOCK]
        mov     r9, rsp
        call    lock_take
        mov     rcx, [rdi + QUEUE_PUT]
        mov     rdx, rcx
        sub     rdx, [rdi + QUEUE_TAKE]
        xor     r10d, r10d
        cmp     rdx, [rdi + LIST_MASK]
        ja      .done
        mov     rdx, rcx
        and     rdx, [rdi + LIST_MASK]
        mov     [rdi + rdx * (1 << QUEUE_SHIFT) + LIST_PLACES], rsi
        inc     qword [rdi + QUEUE_PUT]
        inc     r10d
.done:
        call    lock_give
        add     rsp, LOCK_PLACE
        mov     eax, r10d
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest value
;
;   in        rdi = queue
;   out       eax = 1 and rdx = value, or eax = 0 where there is none
;   clobbers  rcx, rsi, r8, r9, r10, flags
;   needs     a stack
;   probe     what the lock has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        sub     rsp, LOCK_PLACE
        lea     r8, [rdi + QUEUE_LOCK]
        mov     r9, rsp
        call    lock_take
        mov     rcx, [rdi + QUEUE_TAKE]
        xor     r10d, r10d
        cmp     rcx, [rdi + QUEUE_PUT]
        je      .done
        and     rcx, [rdi + LIST_MASK]
        mov     rsi, [rdi + rcx * (1 << QUEUE_SHIFT) + LIST_PLACES]
        inc     qword [rdi + QUEUE_TAKE]
        inc     r10d
.done:
        call    lock_give
        add     rsp, LOCK_PLACE
        mov     rdx, rsi
        mov     eax, r10d
        ret
