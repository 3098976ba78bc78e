; forward_bytes_to_word - write eight bytes, read them as a word
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], sil
        mov     [rdi + 1], sil
        mov     [rdi + 2], sil
        mov     [rdi + 3], sil
        mov     eax, [rdi]
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
