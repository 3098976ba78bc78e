; message_words_8 - copy a message of 8 words between two buffers, offset by an index
;
; iterations: 30000
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
        mov     rcx, [rdx + 8]
        mov     [rdx + 10248], rcx
        mov     rcx, [rdx + 16]
        mov     [rdx + 10256], rcx
        mov     rcx, [rdx + 24]
        mov     [rdx + 10264], rcx
        mov     rcx, [rdx + 32]
        mov     [rdx + 10272], rcx
        mov     rcx, [rdx + 40]
        mov     [rdx + 10280], rcx
        mov     rcx, [rdx + 48]
        mov     [rdx + 10288], rcx
        mov     rcx, [rdx + 56]
        mov     [rdx + 10296], rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
