; parse_varint_random - decode varints of one or two bytes, at random
;
; iterations: 40000
; data: 65536
; fill: random
        global  snippet
snippet:
        xor     r8d, r8d
        mov     r10d, [rdi + 65532]
        and     r10d, 0x7fff
.iterate:
        and     r10d, 0x7fff
        xor     eax, eax
        xor     ecx, ecx
.byte:
        movzx   edx, byte [rdi + r10]
        inc     r10d
        mov     r9d, edx
        and     edx, 127
        shl     rdx, cl
        or      rax, rdx
        add     ecx, 7
        cmp     ecx, 14
        jae     .end
        test    r9b, 0x80
        jnz     .byte
.end:
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi + 65532], r8d
        ret
