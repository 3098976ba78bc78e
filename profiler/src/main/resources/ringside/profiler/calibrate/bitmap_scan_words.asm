; bitmap_scan_words - find the first word of 16 with a bit set, the last one
;
; iterations: 10000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        xor     edx, edx
.word:
        mov     rax, [rdi + rdx*8]
        test    rax, rax
        jnz     .found
        inc     edx
        cmp     edx, 15
        jb      .word
.found:
        bts     rax, 5
        bsf     rcx, rax
        add     r8, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
