; forward_narrow - store eight bytes, load four of them
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     [rdi], rax
        mov     eax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     eax, [rdi]
        add     rax, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
