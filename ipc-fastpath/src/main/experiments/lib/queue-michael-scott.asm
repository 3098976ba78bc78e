; Michael and Scott's queue (PODC 1996): a linked list with a dummy in front, two counted
; pointers into it, and helping: who finds the tail behind moves it on.

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
        mov     [rdi + LIST_PUT + COUNTED_POINTER], r8
        mov     [rdi + LIST_TAKE + COUNTED_POINTER], r8
        ret

; -----------------------------------------------------------------------------
; list_put - put a value behind all others
;
;   in        rdi = queue, rsi = value
;   out       eax = 1, or 0 where no node is free
;   clobbers  rbx, rcx, rdx, r8, r9, r10, flags
;   needs     nothing: lock-free
;   probe     list_retry: another CPU was faster
; -----------------------------------------------------------------------------
global  list_put
list_put:
        call    node_get
        test    r8, r8
        jz      .full
        mov     [r8 + NODE_VALUE], rsi
        mov     qword [r8 + NODE_NEXT], 0
.retry:
        mov     r10, [rdi + LIST_PUT + COUNTED_COUNT]
        mov     r9, [rdi + LIST_PUT + COUNTED_POINTER]
        mov     rdx, [r9 + NODE_COUNT]
        mov     rax, [r9 + NODE_NEXT]
        cmp     r9, [rdi + LIST_PUT + COUNTED_POINTER]
        jne     .retry
        test    rax, rax
        jnz     .help
        mov     rbx, r8
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [r9 + NODE_NEXT]
        jnz     .lost
        mov     rax, r9
        mov     rdx, r10
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_PUT]
        mov     eax, 1
        ret
.help:
        mov     rbx, rax
        mov     rax, r9
        mov     rdx, r10
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_PUT]
        jmp     .retry
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     .retry
.full:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; list_take - take the oldest value
;
;   in        rdi = queue
;   out       eax = 1 and rdx = value, or eax = 0 where there is none
;   clobbers  rbx, rcx, rsi, r8, r9, r10, r11, flags
;   needs     nothing: lock-free
;   probe     list_retry
;
; The value is read before the head moves on: afterwards the node may be somebody else's.
; -----------------------------------------------------------------------------
global  list_take
list_take:
        mov     rdx, [rdi + LIST_TAKE + COUNTED_COUNT]
        mov     r8, [rdi + LIST_TAKE + COUNTED_POINTER]
        mov     r10, [rdi + LIST_PUT + COUNTED_COUNT]
        mov     r9, [rdi + LIST_PUT + COUNTED_POINTER]
        mov     r11, [r8 + NODE_NEXT]
        cmp     r8, [rdi + LIST_TAKE + COUNTED_POINTER]
        jne     list_take
        cmp     rdx, [rdi + LIST_TAKE + COUNTED_COUNT]
        jne     list_take
        cmp     r8, r9
        je      .behind
        mov     rsi, [r11 + NODE_VALUE]
        mov     rax, r8
        mov     rbx, r11
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_TAKE]
        jnz     .lost
        call    node_free
        mov     rdx, rsi
        mov     eax, 1
        ret
.behind:
        test    r11, r11
        jz      .empty
        mov     rax, r9
        mov     rdx, r10
        mov     rbx, r11
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_PUT]
        jmp     list_take
.lost:
        TALLY   lost
        PROBE   list_retry, rdi
        jmp     list_take
.empty:
        xor     eax, eax
        ret
