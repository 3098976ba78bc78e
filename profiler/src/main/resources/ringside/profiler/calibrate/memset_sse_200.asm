; memset_sse_200 - set 200 bytes: twelve SSE stores and one that overlaps
;
; iterations: 8000
; data: 4096
; fill: zero
        global  snippet
snippet:
        pxor    xmm0, xmm0
.iterate:
        lea     rax, [rdi + 128]
        mov     ecx, 12
.more:
        movups  [rax], xmm0
        add     rax, 16
        dec     ecx
        jnz     .more
        movups  [rdi + 312], xmm0
        dec     rsi
        jnz     .iterate
.done:
        ret
