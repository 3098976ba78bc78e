; fill_rep_bytes_128 - set 128 bytes by REP STOSB
;
; iterations: 8000
; data: 4096
; fill: zero
        global  snippet
snippet:
        mov     r8, rdi
        xor     eax, eax
.iterate:
        mov     rdi, r8
        mov     ecx, 128
        rep stosb
        dec     rsi
        jnz     .iterate
.done:
        ret
