; fence_publish - message, SFENCE, flag; then LFENCE and read it
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        mov     [rdi + 8], rsi
        sfence
        mov     [rdi + 64], esi
        mov     eax, [rdi + 64]
        lfence
        add     r8, [rdi]
        dec     rsi
        jnz     .iterate
.done:
        ret
