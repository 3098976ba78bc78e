; branch_alternating - a branch that is taken every other time
;
; iterations: 100000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        test    sil, 1
        jz      .over
        add     rax, 1
.over:
        dec     rsi
        jnz     .iterate
.done:
        ret
