; copy_rep_64 - copy 64 bytes by rep movsb
;
; iterations: 20000
; data: 16384
; fill: random
; pair: copy_64
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        mov     rdi, r8
        lea     rsi, [r8 + 10240]
        mov     ecx, 64
        rep movsb
        dec     r9
        jnz     .iterate
.done:
        ret
