; branch_random - a random choice by a branch
;
; iterations: 200000
; data: 256
; fill: random
; pair: choice
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     r9, 6364136223846793005
        mov     r10d, 5
        mov     r11d, 9
        xor     r8d, r8d
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     rdx, r10
        test    rax, rax
        js      .chosen
        mov     rdx, r11
.chosen:
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi], rax
        ret
