; big_endian_bytes - read a big-endian word byte by byte
;
; iterations: 40000
; data: 256
; fill: random
; pair: big_endian
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        movzx   eax, byte [rdi]
        shl     eax, 8
        movzx   edx, byte [rdi + 1]
        or      eax, edx
        shl     eax, 8
        movzx   edx, byte [rdi + 2]
        or      eax, edx
        shl     eax, 8
        movzx   edx, byte [rdi + 3]
        or      eax, edx
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
