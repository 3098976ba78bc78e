; copy_rep_4096 - copy 4096 bytes by rep movsb
;
; iterations: 2500
; data: 16384
; fill: random
; pair: copy_4096
        global  snippet
snippet:
        mov     r8, rdi
        mov     r9, rsi
.iterate:
        mov     rdi, r8
        lea     rsi, [r8 + 10240]
        mov     ecx, 4096
        rep movsb
        dec     r9
        jnz     .iterate
.done:
        ret
