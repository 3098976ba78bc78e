; fill_rep_4096 - clear 4096 bytes by rep stosb
;
; iterations: 2500
; data: 16384
; fill: random
; pair: fill_4096
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        mov     rdi, r8
        xor     eax, eax
        mov     ecx, 4096
        rep stosb
        dec     r9
        jnz     .iterate
.done:
        ret
