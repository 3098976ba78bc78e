; store_lfence - a store and lfence
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        lfence
        dec     rsi
        jnz     .iterate
.done:
        ret
