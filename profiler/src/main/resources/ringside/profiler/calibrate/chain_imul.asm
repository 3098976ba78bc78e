; chain_imul - eight dependent multiplications
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     eax, 3
.iterate:
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        imul    rax, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
