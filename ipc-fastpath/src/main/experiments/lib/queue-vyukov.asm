; Vyukov's bounded queue for many on both sides (1024cores.net): an array of cells, each of
; which says whose turn it is. Who puts and who takes meet in a cell, not in an index.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty queue
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = capacity, a power of two
;   out       nothing
;   clobbers  rax, rcx, rsi, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        lea     rax, [rdi + LIST_PLACES]
        xor     ecx, ecx
.next:
        mov     [rax + CELL_TURN], rcx
        add     rax, 1 << CELL_SHIFT
        inc     ecx
        cmp     ecx, esi
        jb      .next
        dec     ecx
        mov     [rdi + LIST_MASK], rcx
        ret

; -----------------------------------------------------------------------------
; list_put - put a value behind all others
;
;   in        rdi = queue, rsi = value
;   out       eax = 1, or 0 where it is full or the oldest value is just being taken
;   clobbers  rcx, r8, r9, r10, flags
;   needs     nothing
;   probe     list_retry: another CPU was faster
; -----------------------------------------------------------------------------
global  list_put
list_put:
        mov     rax, [rdi + LIST_PUT]
.retry:
        mov     r8, rax
        and     r8, [rdi + LIST_MASK]
        shl     r8, CELL_SHIFT
        lea     r8, [rdi + r8 + LIST_PLACES]
        mov     r9, [r8 + CELL_TURN]
        sub     r9, rax
        js      .full
        jnz     .behind
        lea     r10, [rax + 1]
        lock cmpxchg [rdi + LIST_PUT], r10
        jne     .lost
        mov     [r8 + CELL_VALUE], rsi
        mov     [r8 + CELL_TURN], r10
        mov     eax, 1
        ret
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     .retry
.behind:
        mov     rax, [rdi + LIST_PUT]
        jmp     .retry
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest value
;
;   in        rdi = queue
;   out       eax = 1 and rdx = value, or eax = 0 where there is none, or the oldest one is
;             just being put
;   clobbers  r8, r9, r10, flags
;   needs     nothing
;   probe     list_retry
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     rax, [rdi + LIST_TAKE]
.retry:
        mov     r8, rax
        and     r8, [rdi + LIST_MASK]
        shl     r8, CELL_SHIFT
        lea     r8, [rdi + r8 + LIST_PLACES]
        mov     r9, [r8 + CELL_TURN]
        lea     r10, [rax + 1]
        sub     r9, r10
        js      .empty
        jnz     .behind
        lock cmpxchg [rdi + LIST_TAKE], r10
        jne     .lost
        mov     rdx, [r8 + CELL_VALUE]
        add     r10, [rdi + LIST_MASK]
        mov     [r8 + CELL_TURN], r10
        mov     eax, 1
        ret
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     .retry
.behind:
        mov     rax, [rdi + LIST_TAKE]
        jmp     .retry
.empty:
        xor     eax, eax
        ret
