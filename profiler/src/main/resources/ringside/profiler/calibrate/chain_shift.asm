; chain_shift - eight dependent shifts by a register
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     eax, 5
        mov     ecx, 3
.iterate:
        shl     rax, cl
        ror     rax, cl
        shl     rax, cl
        ror     rax, cl
        shl     rax, cl
        ror     rax, cl
        shl     rax, cl
        ror     rax, cl
        dec     rsi
        jnz     .iterate
.done:
        ret
