; divide_64 - chain of 64-bit divisions
;
; iterations: 12000
; data: 256
; fill: zero
; pair: divide_width
        global  snippet
snippet:
        mov     r8, 0x123456789abcdef0
        mov     rcx, 0x12345
.iterate:
        xor     edx, edx
        mov     rax, r8
        or      rax, rsi
        div     rcx
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
