; checksum_fletcher_32 - Fletcher's sums over 32 bytes
;
; iterations: 6000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        xor     eax, eax
        xor     edx, edx
        xor     ecx, ecx
.byte:
        movzx   r8d, byte [rdi + rcx]
        add     eax, r8d
        add     edx, eax
        inc     ecx
        cmp     ecx, 32
        jb      .byte
        shl     edx, 16
        or      edx, eax
        add     r9d, edx
        dec     rsi
        jnz     .iterate
.done:
        ret
