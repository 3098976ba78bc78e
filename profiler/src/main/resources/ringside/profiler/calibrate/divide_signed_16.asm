; divide_signed_16 - IDIV of 16 bits with its sign extension
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     ecx, 77
.iterate:
        mov     eax, esi
        cwd
        idiv    cx
        add     r8d, edx
        dec     rsi
        jnz     .iterate
.done:
        ret
