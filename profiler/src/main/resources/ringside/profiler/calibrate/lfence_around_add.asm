; lfence_around_add - lfence around an add, as measuring code has it
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        lfence
        add     rax, 1
        lfence
        dec     rsi
        jnz     .iterate
.done:
        ret
