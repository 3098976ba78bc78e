; forward_high_half - write a word, read its upper half
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], rax
        mov     ecx, [rdi + 4]
        lea     rax, [rcx + rsi]
        dec     rsi
        jnz     .iterate
.done:
        ret
