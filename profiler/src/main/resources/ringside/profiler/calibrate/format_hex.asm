; format_hex - print a 32-bit number in eight hexadecimal digits
;
; iterations: 6000
; data: 256
; fill: random
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        mov     ecx, 8
.digit:
        mov     edx, eax
        and     edx, 15
        lea     r8d, [rdx + '0']
        lea     r9d, [rdx + 'a' - 10]
        cmp     edx, 9
        cmova   r8d, r9d
        mov     [rdi + rcx], r8b
        shr     eax, 4
        dec     ecx
        jnz     .digit
        dec     rsi
        jnz     .iterate
.done:
        ret
