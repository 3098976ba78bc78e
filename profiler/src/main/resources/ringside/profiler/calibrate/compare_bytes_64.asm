; compare_bytes_64 - compare 64 equal bytes one by one
;
; iterations: 5000
; data: 4096
; fill: zero
; pair: compare_64
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.byte:
        movzx   eax, byte [rdi + rdx]
        cmp     al, [rdi + rdx + 1024]
        jne     .differ
        inc     edx
        cmp     edx, 64
        jb      .byte
.differ:
        dec     rsi
        jnz     .iterate
.done:
        ret
