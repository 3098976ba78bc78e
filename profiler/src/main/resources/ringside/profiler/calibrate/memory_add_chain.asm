; memory_add_chain - read, modify and write one word, four times
;
; iterations: 9000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        add     qword [rdi], 1
        add     qword [rdi], 1
        add     qword [rdi], 1
        add     qword [rdi], 1
        dec     rsi
        jnz     .iterate
.done:
        ret
