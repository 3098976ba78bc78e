; wide_add_sub_256 - add 256 bits in memory, then compare them
;
; iterations: 15000
; data: 256
; fill: random
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi + 32]
        mov     rcx, [rdi + 40]
        mov     rdx, [rdi + 48]
        mov     r8, [rdi + 56]
        add     [rdi], rax
        adc     [rdi + 8], rcx
        adc     [rdi + 16], rdx
        adc     [rdi + 24], r8
        sbb     r9, r9
        dec     rsi
        jnz     .iterate
.done:
        ret
