; parse_9p_header - decode a 9P header: size, type, tag, with its checks
;
; iterations: 30000
; data: 4096
; fill: count
        global  snippet
snippet:
        xor     r9d, r9d
.iterate:
        mov     eax, esi
        and     eax, 15
        shl     eax, 6
        mov     edx, [rdi + rax]        ; size[4]
        add     edx, 7
        cmp     edx, 8192
        ja      .bad
        movzx   ecx, byte [rdi + rax + 4] ; type[1]
        test    cl, 0x80
        jnz     .bad
        movzx   r8d, word [rdi + rax + 5] ; tag[2]
        add     r9d, edx
        xor     r9d, ecx
        add     r9d, r8d
.bad:
        dec     rsi
        jnz     .iterate
.done:
        ret
