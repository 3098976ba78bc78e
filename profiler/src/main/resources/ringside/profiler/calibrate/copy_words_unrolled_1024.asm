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
        mov     rax, [rdi + rdx + 10240]
        mov     [rdi + rdx + 0], rax
        mov     rax, [rdi + rdx + 10248]
        mov     [rdi + rdx + 8], rax
        mov     rax, [rdi + rdx + 10256]
        mov     [rdi + rdx + 16], rax
        mov     rax, [rdi + rdx + 10264]
        mov     [rdi + rdx + 24], rax
        mov     rax, [rdi + rdx + 10272]
        mov     [rdi + rdx + 32], rax
        mov     rax, [rdi + rdx + 10280]
        mov     [rdi + rdx + 40], rax
        mov     rax, [rdi + rdx + 10288]
        mov     [rdi + rdx + 48], rax
        mov     rax, [rdi + rdx + 10296]
        mov     [rdi + rdx + 56], rax
        add     edx, 64
        cmp     edx, 1024
        jb      .word
        dec     rsi
        jnz     .iterate
.done:
        ret
