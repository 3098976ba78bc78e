; swap_xchg - swap two registers by xchg, then use both
;
; iterations: 30000
; data: 256
; fill: zero
; pair: swap
        global  snippet
snippet:
.iterate:
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        xchg    rax, rdx
        add     rax, 1
        add     rdx, 2
        dec     rsi
        jnz     .iterate
.done:
        ret
