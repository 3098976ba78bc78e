; copy_words_unrolled_1024 - copy 1024 bytes, eight 8-byte moves a round
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
        mov     rax, [rdi + rdx + 8192]
        mov     [rdi + rdx + 0], rax
        mov     rax, [rdi + rdx + 8200]
        mov     [rdi + rdx + 8], rax
        mov     rax, [rdi + rdx + 8208]
        mov     [rdi + rdx + 16], rax
        mov     rax, [rdi + rdx + 8216]
        mov     [rdi + rdx + 24], rax
        mov     rax, [rdi + rdx + 8224]
        mov     [rdi + rdx + 32], rax
        mov     rax, [rdi + rdx + 8232]
        mov     [rdi + rdx + 40], rax
        mov     rax, [rdi + rdx + 8240]
        mov     [rdi + rdx + 48], rax
        mov     rax, [rdi + rdx + 8248]
        mov     [rdi + rdx + 56], rax
        add     edx, 64
        cmp     edx, 1024
        jb      .word
        dec     rsi
        jnz     .iterate
.done:
        ret
