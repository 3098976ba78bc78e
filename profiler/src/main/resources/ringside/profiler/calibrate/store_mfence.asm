; store_mfence - a store and mfence
;
; iterations: 5000
; data: 256
; fill: zero
; pair: store_barrier
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        mfence
        dec     rsi
        jnz     .iterate
.done:
        ret
