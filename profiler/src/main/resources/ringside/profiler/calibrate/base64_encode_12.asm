; base64_encode_12 - encode 12 bytes by a table of 64 letters
;
; iterations: 8000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        xor     ecx, ecx
        lea     r8, [rdi + 512]
.triple:
        mov     eax, [rdi + rcx + 256]
        bswap   eax
        mov     edx, eax
        shr     edx, 26
        movzx   edx, byte [rdi + rdx]
        mov     [r8], dl
        mov     edx, eax
        shr     edx, 20
        and     edx, 63
        movzx   edx, byte [rdi + rdx]
        mov     [r8 + 1], dl
        mov     edx, eax
        shr     edx, 14
        and     edx, 63
        movzx   edx, byte [rdi + rdx]
        mov     [r8 + 2], dl
        shr     eax, 8
        and     eax, 63
        movzx   edx, byte [rdi + rax]
        mov     [r8 + 3], dl
        add     r8, 4
        add     ecx, 3
        cmp     ecx, 12
        jb      .triple
        dec     rsi
        jnz     .iterate
.done:
        ret
