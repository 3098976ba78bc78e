; compare_words_64 - compare 64 equal bytes by 8-byte words
;
; iterations: 20000
; data: 4096
; fill: zero
; pair: compare_64
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.word:
        mov     rax, [rdi + rdx]
        cmp     rax, [rdi + rdx + 1024]
        jne     .differ
        add     edx, 8
        cmp     edx, 64
        jb      .word
.differ:
        dec     rsi
        jnz     .iterate
.done:
        ret
