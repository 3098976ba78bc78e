; count_popcnt - count the bits of a word by popcnt
;
; iterations: 80000
; data: 256
; fill: random
; pair: count_bits
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     rax, [rdi]
        xor     rax, rsi
        popcnt  rax, rax
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
