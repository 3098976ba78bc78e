; fixed_point_scale - scale a time by multiplier and shift, 64 by 32 bits
;
; iterations: 12000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     r8, [rdi]
        mov     r9d, 0x1dcd6500
.iterate:
        mov     rax, rsi
        sub     rax, r8
        mul     r9
        shrd    rax, rdx, 28
        add     rax, [rdi + 8]
        mov     [rdi + 16], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
