; parse_decimal - read a number of seven digits
;
; iterations: 7000
; data: 4096
; fill: digits
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        xor     eax, eax
        xor     edx, edx
.digit:
        movzx   ecx, byte [rdi + rdx]
        sub     ecx, '0'
        cmp     ecx, 9
        ja      .end
        lea     rax, [rax + rax*4]
        lea     rax, [rcx + rax*2]
        inc     edx
        jmp     .digit
.end:
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
