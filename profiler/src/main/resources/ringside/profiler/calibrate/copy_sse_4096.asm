; copy_sse_4096 - copy 4096 bytes, four 16-byte moves a round
;
; iterations: 1500
; data: 16384
; fill: random
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.line:
        movups  xmm0, [rdi + rdx + 10240]
        movups  xmm1, [rdi + rdx + 10256]
        movups  xmm2, [rdi + rdx + 10272]
        movups  xmm3, [rdi + rdx + 10288]
        movups  [rdi + rdx], xmm0
        movups  [rdi + rdx + 16], xmm1
        movups  [rdi + rdx + 32], xmm2
        movups  [rdi + rdx + 48], xmm3
        add     edx, 64
        cmp     edx, 4096
        jb      .line
        dec     rsi
        jnz     .iterate
.done:
        ret
