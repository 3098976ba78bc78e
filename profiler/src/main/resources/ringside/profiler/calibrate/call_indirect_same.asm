; call_indirect_same - call through a pointer to one routine
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        lea     r8, [rel snippet_leaf]
.iterate:
        call    r8
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_leaf:
        add     rax, 3
        ret
