; chain_forward - eight stores, each loaded at once and added to
;
; iterations: 10000
; data: 256
; fill: zero
; pair: forward
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdi]
        dec     rsi
        jnz     .iterate
.done:
        ret
