; independent_store - eight stores to eight lines
;
; iterations: 40000
; data: 1024
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi + 0], rsi
        mov     [rdi + 64], rsi
        mov     [rdi + 128], rsi
        mov     [rdi + 192], rsi
        mov     [rdi + 256], rsi
        mov     [rdi + 320], rsi
        mov     [rdi + 384], rsi
        mov     [rdi + 448], rsi
        dec     rsi
        jnz     .iterate
.done:
        ret
