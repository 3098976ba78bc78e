; ring_wrap_branch - ring of 100 words whose index wraps by a branch
;
; iterations: 25000
; data: 4096
; fill: zero
; pair: ring_wrap
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]              ; where to put
        mov     [rdi + rax*8 + 128], rsi
        inc     rax
        cmp     rax, 100
        jb      .next
        xor     eax, eax
.next:
        mov     [rdi], rax
        mov     rcx, [rdi + 64]         ; where to take
        mov     rdx, [rdi + rcx*8 + 128]
        lea     rax, [rcx + 1]
        cmp     rax, 100
        jb      .taken
        xor     eax, eax
.taken:
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
