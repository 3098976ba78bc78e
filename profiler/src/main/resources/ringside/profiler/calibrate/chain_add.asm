; chain_add - sixteen dependent adds
;
; iterations: 22000
; data: 256
; fill: zero
; pair: add_order
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
