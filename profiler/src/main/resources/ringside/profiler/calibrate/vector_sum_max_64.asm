; vector_sum_max_64 - sum of 64 bytes by PSADBW, their maximum by PMAXUB
;
; iterations: 10000
; data: 4096
; fill: random
        global  snippet
snippet:
        pxor    xmm5, xmm5
.iterate:
        movdqu  xmm0, [rdi]
        movdqu  xmm1, [rdi + 16]
        movdqu  xmm2, [rdi + 32]
        movdqu  xmm3, [rdi + 48]
        movdqa  xmm4, xmm0
        pmaxub  xmm4, xmm1
        pmaxub  xmm4, xmm2
        pmaxub  xmm4, xmm3
        psadbw  xmm0, xmm5
        psadbw  xmm1, xmm5
        psadbw  xmm2, xmm5
        psadbw  xmm3, xmm5
        paddq   xmm0, xmm1
        paddq   xmm2, xmm3
        paddq   xmm0, xmm2
        movq    rax, xmm0
        add     r8, rax
        pmovmskb edx, xmm4
        add     r9, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
