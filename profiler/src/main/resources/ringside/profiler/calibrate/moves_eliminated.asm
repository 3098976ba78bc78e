; moves_eliminated - dependent adds with two register moves between them
;
; iterations: 30000
; data: 256
; fill: zero
; pair: move_elimination
        global  snippet
snippet:
.iterate:
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        add     rax, 1
        mov     rdx, rax
        mov     rax, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
