; moves_by_lea - dependent adds with two lea between them that only move
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        add     rax, 1
        lea     rdx, [rax]
        lea     rax, [rdx]
        dec     rsi
        jnz     .iterate
.done:
        ret
