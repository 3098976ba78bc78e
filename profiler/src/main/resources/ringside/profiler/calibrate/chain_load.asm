; chain_load - eight dependent loads of one address
;
; iterations: 10000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     [rdi], rdi
        mov     rax, rdi
.iterate:
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
