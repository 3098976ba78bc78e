; divide_modulo_hash - hash modulo a prime of 32 bits, then load the bucket
;
; iterations: 8000
; data: 8192
; fill: random
        global  snippet
snippet:
        mov     r8d, 1021
.iterate:
        imul    eax, esi, 0x9e3779b1
        xor     edx, edx
        div     r8d
        mov     rcx, [rdi + rdx*8]
        add     r9, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
