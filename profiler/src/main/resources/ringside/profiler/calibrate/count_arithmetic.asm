; count_arithmetic - count the bits of a word by shifts and masks
;
; iterations: 20000
; data: 256
; fill: random
; pair: count_bits
        global  snippet
snippet:
        xor     r8d, r8d
        mov     r9, 0x5555555555555555
        mov     r10, 0x3333333333333333
        mov     r11, 0x0f0f0f0f0f0f0f0f
        mov     rcx, 0x0101010101010101
.iterate:
        mov     rax, [rdi]
        xor     rax, rsi
        mov     rdx, rax
        shr     rdx, 1
        and     rdx, r9
        sub     rax, rdx
        mov     rdx, rax
        and     rax, r10
        shr     rdx, 2
        and     rdx, r10
        add     rax, rdx
        mov     rdx, rax
        shr     rdx, 4
        add     rax, rdx
        and     rax, r11
        imul    rax, rcx
        shr     rax, 56
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
