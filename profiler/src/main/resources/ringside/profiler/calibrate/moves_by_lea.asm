; moves_by_lea - dependent adds with two lea between them, which no renamer removes
;
; iterations: 20000
; data: 256
; fill: zero
; pair: move_elimination
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
