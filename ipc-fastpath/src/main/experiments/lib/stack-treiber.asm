; Treiber's stack (IBM RJ 5118, 1986): one counted pointer to a linked list.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty stack
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = capacity, up to LIST_LIMIT
;   out       nothing
;   clobbers  rax, rcx, rsi, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        jmp     nodes_make

; -----------------------------------------------------------------------------
; list_put - put a value on top
;
;   in        rdi = stack, rsi = value
;   out       eax = 1, or 0 where no node is free
;   clobbers  rbx, rcx, rdx, r8, flags
;   needs     nothing: lock-free
;   probe     list_retry: another CPU was faster
; -----------------------------------------------------------------------------
global  list_put
list_put:
        call    node_get
        test    r8, r8
        jz      .full
        mov     [r8 + NODE_VALUE], rsi
.retry:
        mov     rdx, [rdi + LIST_PUT + COUNTED_COUNT]
        mov     rax, [rdi + LIST_PUT + COUNTED_POINTER]
        mov     [r8 + NODE_NEXT], rax
        mov     rbx, r8
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_PUT]
        jnz     .lost
        mov     eax, 1
        ret
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     .retry
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_take - take the value on top
;
;   in        rdi = stack
;   out       eax = 1 and rdx = value, or eax = 0 where there is none
;   clobbers  rbx, rcx, rsi, r8, flags
;   needs     nothing: lock-free
;   probe     list_retry
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     rdx, [rdi + LIST_PUT + COUNTED_COUNT]
        mov     rax, [rdi + LIST_PUT + COUNTED_POINTER]
        test    rax, rax
        jz      .empty
        mov     r8, rax
        mov     rbx, [rax + NODE_NEXT]
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_PUT]
        jnz     .lost
        mov     rsi, [r8 + NODE_VALUE]
        call    node_free
        mov     rdx, rsi
        mov     eax, 1
        ret
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     list_take
.empty:
        xor     eax, eax
        ret
