; load_crossing_chain - a pointer chase where every pointer crosses a line
;
; iterations: 12000
; data: 4096
; fill: zero
        global  snippet
snippet:
        lea     rax, [rdi + 60]
        mov     [rdi + 60], rax
.iterate:
        mov     rax, [rax]
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
