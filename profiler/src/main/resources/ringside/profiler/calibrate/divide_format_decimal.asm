; divide_format_decimal - write a number of seven digits by DIV
;
; iterations: 4000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     r8d, 10
.iterate:
        mov     eax, 1234567
        mov     ecx, 7
.digit:
        xor     edx, edx
        div     r8d
        add     edx, 48
        dec     ecx
        mov     [rdi + rcx], dl
        jnz     .digit
        dec     rsi
        jnz     .iterate
.done:
        ret
