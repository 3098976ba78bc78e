; Nodes that nobody has: a stack of them, and so memory that is a node once is one for ever.

%include "lib/list.inc"

section .text

; -----------------------------------------------------------------------------
; nodes_make - have all nodes of a list free
;
;   in        rdi = list, zeroed; esi = how many nodes, 1 up to LIST_LIMIT
;   out       nothing
;   clobbers  rax, rcx, rsi, flags
;   needs     nobody else uses the list
;   probe     none
; -----------------------------------------------------------------------------
global  nodes_make
nodes_make:
        lea     rax, [rdi + LIST_PLACES]
        xor     ecx, ecx
.next:
        mov     [rax + NODE_NEXT], rcx
        mov     rcx, rax
        add     rax, 1 << NODE_SHIFT
        dec     esi
        jnz     .next
        mov     [rdi + LIST_FREE + COUNTED_POINTER], rcx
        ret

; -----------------------------------------------------------------------------
; node_get - take a free node
;
;   in        rdi = list
;   out       r8 = node, or 0 where none is free
;   clobbers  rax, rbx, rcx, rdx, flags
;   needs     nothing: any number of CPUs may be here
;   probe     node_retry: another CPU was faster
; -----------------------------------------------------------------------------
global  node_get
node_get:
        mov     rdx, [rdi + LIST_FREE + COUNTED_COUNT]
        mov     rax, [rdi + LIST_FREE + COUNTED_POINTER]
        test    rax, rax
        jz      .none
        mov     rbx, [rax + NODE_NEXT]
        lea     rcx, [rdx + 1]
        mov     r8, rax
        lock cmpxchg16b [rdi + LIST_FREE]
        jz      .done
        TALLY   lost
        PROBE   node_retry, rdi
        jmp     node_get
.none:
        xor     r8d, r8d
.done:
        ret

; -----------------------------------------------------------------------------
; node_free - give a node back
;
;   in        rdi = list, r8 = node that nobody else has
;   out       nothing
;   clobbers  rax, rbx, rcx, rdx, flags
;   needs     nothing
;   probe     node_retry
; -----------------------------------------------------------------------------
global  node_free
node_free:
        mov     rdx, [rdi + LIST_FREE + COUNTED_COUNT]
        mov     rax, [rdi + LIST_FREE + COUNTED_POINTER]
        mov     [r8 + NODE_NEXT], rax
        mov     rbx, r8
        lea     rcx, [rdx + 1]
        lock cmpxchg16b [rdi + LIST_FREE]
        jz      .done
        TALLY   lost
        PROBE   node_retry, rdi
        jmp     node_free
.done:
        ret
