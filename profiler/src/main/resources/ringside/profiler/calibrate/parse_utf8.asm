; parse_utf8 - decode UTF-8 of mixed lengths from a pattern of 16 bytes
;
; iterations: 5000
; data: 4096
; fill: zero
        global  snippet
snippet:
        mov     rax, 0xa9c36f9f98f04241
        mov     [rdi], rax
        mov     rax, 0x6182ac82e2203180
        mov     [rdi + 8], rax
        mov     byte [rdi + 7], 0x80
        mov     byte [rdi + 4], 0x9f
        mov     rax, 0x80989ff0a9c34241
        mov     [rdi], rax
        mov     rax, 0x616220ac82e26f31
        mov     [rdi + 8], rax
.iterate:
        xor     ecx, ecx
.char:
        movzx   eax, byte [rdi + rcx]
        cmp     al, 0x80
        jb      .one
        cmp     al, 0xe0
        jb      .two
        cmp     al, 0xf0
        jb      .three
        movzx   edx, byte [rdi + rcx + 3]
        and     eax, 7
        and     edx, 63
        shl     eax, 18
        or      eax, edx
        add     ecx, 4
        jmp     .got
.three:
        movzx   edx, byte [rdi + rcx + 2]
        and     eax, 15
        and     edx, 63
        shl     eax, 12
        or      eax, edx
        add     ecx, 3
        jmp     .got
.two:
        movzx   edx, byte [rdi + rcx + 1]
        and     eax, 31
        and     edx, 63
        shl     eax, 6
        or      eax, edx
        add     ecx, 2
        jmp     .got
.one:
        inc     ecx
.got:
        add     r8, rax
        cmp     ecx, 16
        jb      .char
        dec     rsi
        jnz     .iterate
.done:
        ret
