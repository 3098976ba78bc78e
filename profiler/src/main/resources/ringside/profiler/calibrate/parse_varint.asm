; parse_varint - decode a varint of three bytes
;
; iterations: 18000
; data: 4096
; fill: zero
        global  snippet
snippet:
        mov     dword [rdi], 0x05a3c4
.iterate:
        xor     eax, eax
        xor     ecx, ecx
        xor     r8d, r8d
.byte:
        movzx   edx, byte [rdi + r8]
        inc     r8d
        mov     r9d, edx
        and     edx, 127
        shl     rdx, cl
        or      rax, rdx
        add     ecx, 7
        test    r9b, 0x80
        jnz     .byte
        dec     rsi
        jnz     .iterate
.done:
        ret
