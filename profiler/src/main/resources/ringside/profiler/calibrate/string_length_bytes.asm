; string_length_bytes - find the end of a string of 63 letters byte by byte
;
; iterations: 4000
; data: 4096
; fill: text
; pair: string_length
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        xor     edx, edx
.byte:
        cmp     byte [rdi + rdx], 0
        je      .end
        inc     edx
        jmp     .byte
.end:
        add     r8d, edx
        dec     rsi
        jnz     .iterate
.done:
        ret
