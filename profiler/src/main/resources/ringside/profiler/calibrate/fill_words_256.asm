; fill_words_256 - set 256 bytes by stores of words, unrolled by four
;
; iterations: 10000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        xor     ecx, ecx
.more:
        mov     [rdi + rcx], rax
        mov     [rdi + rcx + 8], rax
        mov     [rdi + rcx + 16], rax
        mov     [rdi + rcx + 24], rax
        add     ecx, 32
        cmp     ecx, 256
        jb      .more
        dec     rsi
        jnz     .iterate
.done:
        ret
