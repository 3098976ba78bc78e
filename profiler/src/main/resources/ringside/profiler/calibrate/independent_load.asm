; independent_load - eight loads of eight lines
;
; iterations: 60000
; data: 1024
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi + 0]
        mov     rax, [rdi + 64]
        mov     rax, [rdi + 128]
        mov     rax, [rdi + 192]
        mov     rax, [rdi + 256]
        mov     rax, [rdi + 320]
        mov     rax, [rdi + 384]
        mov     rax, [rdi + 448]
        dec     rsi
        jnz     .iterate
.done:
        ret
