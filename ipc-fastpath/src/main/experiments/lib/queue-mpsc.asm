; Vyukov's queue for many who put and one who takes: one exchange puts a node in, and a moment
; later the node before it learns of it. Until then the one who takes finds nothing.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; list_make - make an empty queue
;
;   in        rdi = LIST_BYTES bytes of zeros at a page; esi = capacity, below LIST_LIMIT
;   out       nothing
;   clobbers  rax, rbx, rcx, rdx, rsi, r8, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        inc     esi
        call    nodes_make
        call    node_get
        mov     qword [r8 + NODE_NEXT], 0
        mov     [rdi + LIST_PUT], r8
        mov     [rdi + LIST_TAKE], r8
        ret

; -----------------------------------------------------------------------------
; list_put - put a value behind all others
;
;   in        rdi = queue, rsi = value
;   out       eax = 1, or 0 where no node is free
;   clobbers  rbx, rcx, rdx, r8, flags
;   needs     nothing: apart from the node, wait-free
;   probe     none
; -----------------------------------------------------------------------------
global  list_put
list_put:
        call    node_get
        test    r8, r8
        jz      .full
        mov     [r8 + NODE_VALUE], rsi
        mov     qword [r8 + NODE_NEXT], 0
        mov     rax, r8
        xchg    [rdi + LIST_PUT], rax
        mov     [rax + NODE_NEXT], r8
        mov     eax, 1
        ret
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest value
;
;   in        rdi = queue
;   out       eax = 1 and rdx = value, or eax = 0 where there is none, or the oldest one is
;             not linked yet
;   clobbers  rbx, rcx, rsi, r8, r9, flags
;   needs     one CPU takes at a time
;   probe     none
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     r8, [rdi + LIST_TAKE]
        mov     r9, [r8 + NODE_NEXT]
        test    r9, r9
        jz      .empty
        mov     rsi, [r9 + NODE_VALUE]
        mov     [rdi + LIST_TAKE], r9
        call    node_free
        mov     rdx, rsi
        mov     eax, 1
        ret
.empty:
        xor     eax, eax
        ret
