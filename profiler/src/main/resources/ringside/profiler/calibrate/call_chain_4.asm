; call_chain_4 - four calls within each other
;
; iterations: 30000
; data: 256
; fill: zero
; pair: tail
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        call    snippet_a
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_a:
        call    snippet_b
        ret
snippet_b:
        call    snippet_c
        ret
snippet_c:
        call    snippet_d
        ret
snippet_d:
        inc     rax
        ret
