; shift_and_add - multiply by 10 with lea and add, as a chain
;
; iterations: 20000
; data: 256
; fill: zero
; pair: multiply_by_10
        global  snippet
snippet:
        mov     eax, 1
.iterate:
        lea     rax, [rax + rax*4]
        add     rax, rax
        add     rax, 1
        lea     rax, [rax + rax*4]
        add     rax, rax
        add     rax, 1
        lea     rax, [rax + rax*4]
        add     rax, rax
        add     rax, 1
        lea     rax, [rax + rax*4]
        add     rax, rax
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
