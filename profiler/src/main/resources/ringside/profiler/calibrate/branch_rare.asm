; branch_rare - a branch that is taken one time in 16, at random
;
; iterations: 200000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     r9, 6364136223846793005
        xor     r8d, r8d
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     rdx, rax
        shr     rdx, 60
        jnz     .usual
        add     r8, 7
.usual:
        add     r8, 1
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi], rax
        ret
