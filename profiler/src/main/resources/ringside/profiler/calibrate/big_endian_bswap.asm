; big_endian_bswap - read a big-endian word by a load and bswap
;
; iterations: 80000
; data: 256
; fill: random
; pair: big_endian
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     eax, [rdi]
        bswap   eax
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
