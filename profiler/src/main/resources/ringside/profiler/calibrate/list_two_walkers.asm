; list_two_walkers - two nodes of one ring by two walkers
;
; iterations: 80000
; data: 16384
; fill: ring 64
; pair: list_two
        global  snippet
snippet:
        mov     rax, rdi
        lea     rdx, [rdi + 8192]
.iterate:
        mov     rax, [rax]
        mov     rdx, [rdx]
        dec     rsi
        jnz     .iterate
.done:
        ret
