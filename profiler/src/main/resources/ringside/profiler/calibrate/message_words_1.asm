; message_words_1 - copy a message of 1 words between two buffers, offset by an index
;
; iterations: 60000
; data: 16384
; fill: random
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        and     eax, 7
        shl     eax, 8
        lea     rdx, [rdi + rax]
        mov     rcx, [rdx + 0]
        mov     [rdx + 10240], rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
