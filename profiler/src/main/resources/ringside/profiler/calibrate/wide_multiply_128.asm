; wide_multiply_128 - product of two numbers of 128 bits, lower 256
;
; iterations: 10000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     r8, [rdi]
        mov     r9, [rdi + 8]
.iterate:
        mov     rax, [rdi + 16]
        mul     r8
        mov     [rdi + 64], rax
        mov     r10, rdx
        mov     rax, [rdi + 24]
        mul     r8
        add     r10, rax
        adc     rdx, 0
        mov     rcx, rdx
        mov     rax, [rdi + 16]
        mul     r9
        add     r10, rax
        adc     rcx, rdx
        mov     [rdi + 72], r10
        mov     [rdi + 80], rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
