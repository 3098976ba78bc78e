; call_chain_4_tails - four routines within each other, entered by tail jumps
;
; iterations: 40000
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
        jmp     snippet_b
snippet_b:
        jmp     near snippet_c
snippet_c:
        jmp     near snippet_d
snippet_d:
        inc     rax
        ret
