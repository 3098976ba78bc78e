; counter_plain_add - counter of one CPU: plain add to memory
;
; iterations: 60000
; data: 256
; fill: zero
; pair: counter
        global  snippet
snippet:
.iterate:
        add     qword [rdi], 1
        dec     rsi
        jnz     .iterate
.done:
        ret
