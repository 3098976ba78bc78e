; fill_sse_4096 - clear 4096 bytes by 16-byte stores
;
; iterations: 1500
; data: 16384
; fill: random
; pair: fill_4096
        global  snippet
snippet:
.iterate:
        pxor    xmm0, xmm0
        xor     edx, edx
.line:
        movups  [rdi + rdx], xmm0
        movups  [rdi + rdx + 16], xmm0
        movups  [rdi + rdx + 32], xmm0
        movups  [rdi + rdx + 48], xmm0
        add     edx, 64
        cmp     edx, 4096
        jb      .line
        dec     rsi
        jnz     .iterate
.done:
        ret
