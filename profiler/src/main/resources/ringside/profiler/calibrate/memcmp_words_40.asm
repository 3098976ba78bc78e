; memcmp_words_40 - compare 40 bytes by words, equal
;
; iterations: 8000
; data: 4096
; fill: count
        global  snippet
snippet:
        xor     ecx, ecx
.make:
        mov     rax, [rdi + rcx]
        mov     [rdi + rcx + 1024], rax
        add     ecx, 8
        cmp     ecx, 64
        jb      .make
.iterate:
        xor     ecx, ecx
.word:
        mov     rax, [rdi + rcx]
        cmp     rax, [rdi + rcx + 1024]
        jne     .differ
        add     ecx, 8
        cmp     ecx, 40
        jb      .word
        inc     r8
.differ:
        dec     rsi
        jnz     .iterate
.done:
        ret
