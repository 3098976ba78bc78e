; call_inlined - the same add in place
;
; iterations: 100000
; data: 256
; fill: zero
; pair: inline
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        add     rax, 3
        dec     rsi
        jnz     .iterate
.done:
        ret
