; load_unaligned - eight loads that cross a line
;
; iterations: 30000
; data: 1024
; fill: random
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi + 60]
        mov     rax, [rdi + 124]
        mov     rax, [rdi + 188]
        mov     rax, [rdi + 252]
        mov     rax, [rdi + 316]
        mov     rax, [rdi + 380]
        mov     rax, [rdi + 444]
        mov     rax, [rdi + 508]
        dec     rsi
        jnz     .iterate
.done:
        ret
