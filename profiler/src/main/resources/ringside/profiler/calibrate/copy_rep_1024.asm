; copy_rep_1024 - copy 1024 bytes by rep movsb
;
; iterations: 5000
; data: 16384
; fill: random
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        mov     rdi, r8
        lea     rsi, [r8 + 10240]
        mov     ecx, 1024
        rep movsb
        dec     r9
        jnz     .iterate
.done:
        ret
