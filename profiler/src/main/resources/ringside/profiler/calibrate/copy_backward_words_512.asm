; copy_backward_words_512 - move 512 bytes, from the end, overlapping by a word
;
; iterations: 3000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        mov     ecx, 64
.word:
        mov     rax, [rdi + rcx*8 - 8]
        mov     [rdi + rcx*8], rax
        dec     ecx
        jnz     .word
        dec     rsi
        jnz     .iterate
.done:
        ret
