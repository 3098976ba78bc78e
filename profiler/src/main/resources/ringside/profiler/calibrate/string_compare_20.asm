; string_compare_20 - compare two strings byte by byte up to a difference at 20
;
; iterations: 8000
; data: 4096
; fill: text
        global  snippet
snippet:
        xor     ecx, ecx
.copy:
        mov     al, [rdi + rcx]
        mov     [rdi + rcx + 1024], al
        inc     ecx
        cmp     ecx, 32
        jb      .copy
        inc     byte [rdi + 1044]
.iterate:
        xor     ecx, ecx
.byte:
        movzx   eax, byte [rdi + rcx]
        movzx   edx, byte [rdi + rcx + 1024]
        test    al, al
        jz      .end
        inc     ecx
        cmp     al, dl
        je      .byte
.end:
        sub     eax, edx
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
