; lock_two_counters - two LOCK INC of different lines with work between
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        lock inc qword [rdi]
        imul    rax, rax, 7
        add     rax, 3
        lock inc qword [rdi + 128]
        xor     rax, rsi
        dec     rsi
        jnz     .iterate
.done:
        ret
