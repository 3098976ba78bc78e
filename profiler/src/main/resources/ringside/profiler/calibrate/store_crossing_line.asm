; store_crossing_line - stores of words across a line, then loads of them
;
; iterations: 12000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi + 60], rsi
        mov     [rdi + 124], rsi
        mov     rax, [rdi + 188]
        mov     rcx, [rdi + 252]
        add     rax, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
