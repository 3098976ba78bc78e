; crc_table_16 - CRC of 16 bytes by a table of 256 words
;
; iterations: 4500
; data: 4096
; fill: random
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     eax, -1
        xor     edx, edx
.byte:
        movzx   ecx, byte [rdi + rdx + 2048]
        xor     cl, al
        movzx   ecx, cl
        shr     eax, 8
        xor     eax, [rdi + rcx*4]
        inc     edx
        cmp     edx, 16
        jb      .byte
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
