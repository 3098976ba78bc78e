; copy_words_1024 - copy 1024 bytes, one 8-byte move a round
;
; iterations: 3000
; data: 16384
; fill: random
; pair: copy_unroll
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.word:
        mov     rax, [rdi + rdx + 10240]
        mov     [rdi + rdx + 0], rax
        add     edx, 8
        cmp     edx, 1024
        jb      .word
        dec     rsi
        jnz     .iterate
.done:
        ret
