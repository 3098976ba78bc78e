; seqlock_write - sequence lock, writer: two words between two increments
;
; iterations: 30000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        inc     dword [rdi]
        mov     [rdi + 8], rsi
        mov     [rdi + 16], rsi
        inc     dword [rdi]
        dec     rsi
        jnz     .iterate
.done:
        ret
