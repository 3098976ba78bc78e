; zero_and - a chain that and with 0 does not cut
;
; iterations: 20000
; data: 256
; fill: zero
; pair: zero_idiom
        global  snippet
snippet:
.iterate:
        imul    rax, rax, 7
        and     eax, 0
        imul    rax, rax, 7
        and     eax, 0
        imul    rax, rax, 7
        and     eax, 0
        imul    rax, rax, 7
        and     eax, 0
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
