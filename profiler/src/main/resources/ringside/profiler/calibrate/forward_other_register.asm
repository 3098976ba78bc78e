; forward_other_register - eight stores, each loaded at once through another register
;
; iterations: 5000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        mov     rdx, rdi
.iterate:
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        add     rax, 1
        mov     [rdi], rax
        mov     rax, [rdx]
        dec     rsi
        jnz     .iterate
.done:
        ret
