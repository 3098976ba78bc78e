; multiply_by_constant - multiply by 10 with imul, as a chain
;
; iterations: 20000
; data: 256
; fill: zero
; pair: multiply_by_10
        global  snippet
snippet:
        mov     eax, 1
.iterate:
        imul    rax, rax, 10
        add     rax, 1
        imul    rax, rax, 10
        add     rax, 1
        imul    rax, rax, 10
        add     rax, 1
        imul    rax, rax, 10
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
