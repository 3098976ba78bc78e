; divide_32 - chain of 32-bit divisions
;
; iterations: 15000
; data: 256
; fill: zero
; pair: divide_width
        global  snippet
snippet:
        mov     r8d, 0x12345678
        mov     ecx, 0x123
.iterate:
        xor     edx, edx
        mov     eax, r8d
        or      eax, esi
        div     ecx
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
