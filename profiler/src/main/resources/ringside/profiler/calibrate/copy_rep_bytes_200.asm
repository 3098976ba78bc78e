; copy_rep_bytes_200 - copy 200 bytes by REP MOVSB
;
; iterations: 6000
; data: 8192
; fill: random
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        lea     rdi, [r8 + 256]
        lea     rsi, [r8 + 4096]
        mov     ecx, 200
        rep movsb
        dec     r9
        jnz     .iterate
.done:
        ret
