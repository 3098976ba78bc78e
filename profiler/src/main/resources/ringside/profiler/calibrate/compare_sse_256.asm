; compare_sse_256 - compare 256 equal bytes by 16-byte vectors
;
; iterations: 12000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        xor     edx, edx
.vector:
        movdqu  xmm0, [rdi + rdx]
        movdqu  xmm1, [rdi + rdx + 1024]
        pcmpeqb xmm0, xmm1
        pmovmskb eax, xmm0
        cmp     eax, 0xffff
        jne     .differ
        add     edx, 16
        cmp     edx, 256
        jb      .vector
.differ:
        dec     rsi
        jnz     .iterate
.done:
        ret
