; list_two_steps - two nodes of one ring after each other
;
; iterations: 50000
; data: 16384
; fill: ring 64
; pair: list_two
        global  snippet
snippet:
        mov     rax, rdi
.iterate:
        mov     rax, [rax]
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
