; parse_hex_16 - read a hexadecimal number of 16 digits
;
; iterations: 5000
; data: 4096
; fill: text
        global  snippet
snippet:
        mov     r8, 0x6665646362613938
        mov     [rdi], r8
        mov     r8, 0x3736353433323130
        mov     [rdi + 8], r8
.iterate:
        xor     eax, eax
        xor     ecx, ecx
.digit:
        movzx   edx, byte [rdi + rcx]
        mov     r8d, edx
        and     edx, 15
        shr     r8d, 6
        lea     r8d, [r8 + r8*8]
        add     edx, r8d
        shl     rax, 4
        or      rax, rdx
        inc     ecx
        cmp     ecx, 16
        jb      .digit
        add     r9, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
