; parse_escape_scan - copy text up to a quote, escapes doubled; 24 bytes
;
; iterations: 5000
; data: 4096
; fill: text
        global  snippet
snippet:
        mov     byte [rdi + 5], 92
        mov     byte [rdi + 14], 92
        mov     byte [rdi + 24], 34
.iterate:
        xor     ecx, ecx
        lea     rdx, [rdi + 1024]
.byte:
        movzx   eax, byte [rdi + rcx]
        cmp     al, 34
        je      .end
        cmp     al, 92
        jne     .plain
        mov     [rdx], al
        inc     rdx
.plain:
        mov     [rdx], al
        inc     rdx
        inc     ecx
        jmp     .byte
.end:
        sub     rdx, rdi
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
