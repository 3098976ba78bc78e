; hash_multiply_8 - multiplicative hash of 8 bytes
;
; iterations: 60000
; data: 4096
; fill: random
; pair: hash_8
        global  snippet
snippet:
        mov     r8, 0x9e3779b97f4a7c15
.iterate:
        mov     rax, [rdi]
        imul    rax, r8
        shr     rax, 52
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
