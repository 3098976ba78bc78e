; ring_wrap_cmov - ring of 100 words whose index wraps by a conditional move
;
; iterations: 25000
; data: 4096
; fill: zero
; pair: ring_wrap
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     rax, [rdi]              ; where to put
        mov     [rdi + rax*8 + 128], rsi
        inc     rax
        cmp     rax, 100
        cmove   rax, r8
        mov     [rdi], rax
        mov     rcx, [rdi + 64]         ; where to take
        mov     rdx, [rdi + rcx*8 + 128]
        lea     rax, [rcx + 1]
        cmp     rax, 100
        cmove   rax, r8
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
