; multiply_by_reciprocal - divide by 10 with a multiplication
;
; iterations: 60000
; data: 256
; fill: zero
; pair: divide_by_10
        global  snippet
snippet:
        mov     rcx, 0xcccccccccccccccd
        xor     r8d, r8d
.iterate:
        mov     rax, rsi
        mul     rcx
        shr     rdx, 3
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
