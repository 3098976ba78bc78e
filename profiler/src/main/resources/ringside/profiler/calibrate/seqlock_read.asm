; seqlock_read - sequence lock, reader: two words between two looks
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
.again:
        mov     eax, [rdi]
        test    al, 1
        jnz     .again
        mov     rdx, [rdi + 8]
        mov     r8, [rdi + 16]
        cmp     [rdi], eax
        jne     .again
        add     r9, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
