; counter_lock_add - shared counter: lock add
;
; iterations: 25000
; data: 256
; fill: zero
; pair: counter
        global  snippet
snippet:
.iterate:
        lock add qword [rdi], 1
        dec     rsi
        jnz     .iterate
.done:
        ret
