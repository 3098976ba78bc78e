; copy_sse_unaligned_512 - copy 512 bytes by SSE from an odd address
;
; iterations: 4000
; data: 8192
; fill: random
        global  snippet
snippet:
.iterate:
        xor     ecx, ecx
.line:
        movups  xmm0, [rdi + rcx + 4099]
        movups  xmm1, [rdi + rcx + 4115]
        movups  [rdi + rcx], xmm0
        movups  [rdi + rcx + 16], xmm1
        add     ecx, 32
        cmp     ecx, 512
        jb      .line
        dec     rsi
        jnz     .iterate
.done:
        ret
