; forward_vector_to_words - write 16 bytes by SSE, read both words
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        movq    xmm0, rax
        punpcklqdq xmm0, xmm0
        movups  [rdi], xmm0
        mov     rcx, [rdi]
        mov     rdx, [rdi + 8]
        lea     rax, [rcx + rdx + 1]
        dec     rsi
        jnz     .iterate
.done:
        ret
