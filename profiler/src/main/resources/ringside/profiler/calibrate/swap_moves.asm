; swap_moves - swap two registers by three moves, then use both
;
; iterations: 30000
; data: 256
; fill: zero
; pair: swap
        global  snippet
snippet:
.iterate:
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        mov     rcx, rax
        mov     rax, rdx
        mov     rdx, rcx
        add     rax, 1
        add     rdx, 2
        dec     rsi
        jnz     .iterate
.done:
        ret
