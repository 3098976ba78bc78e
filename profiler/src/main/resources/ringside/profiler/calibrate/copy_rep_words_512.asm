; copy_rep_words_512 - copy 512 bytes by rep movsq
;
; iterations: 8000
; data: 16384
; fill: random
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        mov     rdi, r8
        lea     rsi, [r8 + 10240]
        mov     ecx, 64
        rep movsq
        dec     r9
        jnz     .iterate
.done:
        ret
