; pause_one - pause
;
; iterations: 4000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        pause
        dec     rsi
        jnz     .iterate
.done:
        ret
