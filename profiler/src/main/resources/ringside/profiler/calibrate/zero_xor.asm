; zero_xor - a chain cut by xor of a register with itself
;
; iterations: 60000
; data: 256
; fill: zero
; pair: zero_idiom
        global  snippet
snippet:
.iterate:
        imul    rax, rax, 7
        xor     eax, eax
        imul    rax, rax, 7
        xor     eax, eax
        imul    rax, rax, 7
        xor     eax, eax
        imul    rax, rax, 7
        xor     eax, eax
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
