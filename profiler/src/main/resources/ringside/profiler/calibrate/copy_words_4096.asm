; copy_words_4096 - copy 4096 bytes by 8-byte moves in a loop
;
; iterations: 800
; data: 16384
; fill: random
; pair: copy_4096
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.word:
        mov     rax, [rdi + rdx + 10240]
        mov     [rdi + rdx + 0], rax
        add     edx, 8
        cmp     edx, 4096
        jb      .word
        dec     rsi
        jnz     .iterate
.done:
        ret
