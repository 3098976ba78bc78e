; chase_l2_256k - pointer chase over 256 KiB in random order
;
; iterations: 8000
; data: 262144
; fill: ring 64
        global  snippet
snippet:
        mov     rax, rdi
.iterate:
        mov     rax, [rax]
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
