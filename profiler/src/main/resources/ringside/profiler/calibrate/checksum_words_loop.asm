; checksum_words_loop - Internet checksum of 40 bytes by 16-bit words in a loop
;
; iterations: 10000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        xor     eax, eax
        xor     edx, edx
.word:
        movzx   ecx, word [rdi + rdx]
        add     eax, ecx
        add     edx, 2
        cmp     edx, 40
        jb      .word
        mov     edx, eax
        shr     edx, 16
        add     ax, dx
        adc     ax, 0
        dec     rsi
        jnz     .iterate
.done:
        ret
