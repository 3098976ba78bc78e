; call_leaf - call a leaf that adds
;
; iterations: 80000
; data: 256
; fill: zero
; pair: inline
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        call    snippet_leaf
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_leaf:
        add     rax, 3
        ret
