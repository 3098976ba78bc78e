; store_sfence - a store and sfence
;
; iterations: 25000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        sfence
        dec     rsi
        jnz     .iterate
.done:
        ret
