; copy_overlapped_24 - copy 17 to 32 bytes by two overlapping SSE moves
;
; iterations: 25000
; data: 4096
; fill: random
; pair: copy_short
        global  snippet
snippet:
        mov     ecx, 24
.iterate:
        movups  xmm0, [rdi + 1024]
        movups  xmm1, [rdi + rcx + 1008]
        movups  [rdi], xmm0
        movups  [rdi + rcx - 16], xmm1
        dec     rsi
        jnz     .iterate
.done:
        ret
