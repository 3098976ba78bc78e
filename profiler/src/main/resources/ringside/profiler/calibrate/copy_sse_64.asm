; copy_sse_64 - copy 64 bytes by four 16-byte moves
;
; iterations: 60000
; data: 16384
; fill: random
; pair: copy_64
        global  snippet
snippet:
.iterate:
        movups  xmm0, [rdi + 10240]
        movups  xmm1, [rdi + 10256]
        movups  xmm2, [rdi + 10272]
        movups  xmm3, [rdi + 10288]
        movups  [rdi], xmm0
        movups  [rdi + 16], xmm1
        movups  [rdi + 32], xmm2
        movups  [rdi + 48], xmm3
        dec     rsi
        jnz     .iterate
.done:
        ret
