; parse_token_table - length of a token by a table of character classes
;
; iterations: 4000
; data: 4096
; fill: text
        global  snippet
snippet:
        xor     ecx, ecx
.classes:
        mov     byte [rdi + rcx + 1024], 1
        inc     ecx
        cmp     ecx, 256
        jb      .classes
        mov     byte [rdi + 1024], 0
        mov     byte [rdi + 20], 0
.iterate:
        mov     rdx, rdi
.char:
        movzx   eax, byte [rdx]
        inc     rdx
        cmp     byte [rdi + rax + 1024], 0
        jne     .char
        sub     rdx, rdi
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
