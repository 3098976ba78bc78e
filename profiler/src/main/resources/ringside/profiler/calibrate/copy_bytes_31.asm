; copy_bytes_31 - copy 31 bytes, one at a time
;
; iterations: 8000
; data: 4096
; fill: random
; pair: copy_short
        global  snippet
snippet:
.iterate:
        xor     ecx, ecx
.byte:
        movzx   eax, byte [rdi + rcx + 1024]
        mov     [rdi + rcx], al
        inc     ecx
        cmp     ecx, 31
        jb      .byte
        dec     rsi
        jnz     .iterate
.done:
        ret
