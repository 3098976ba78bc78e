; xlat_upper_case_32 - turn 32 letters into upper case by SSE
;
; iterations: 12000
; data: 4096
; fill: text
        global  snippet
snippet:
        mov     eax, 0x20202020
        movd    xmm4, eax
        pshufd  xmm4, xmm4, 0
        mov     eax, 0x60606060
        movd    xmm5, eax
        pshufd  xmm5, xmm5, 0
.iterate:
        movdqu  xmm0, [rdi]
        movdqu  xmm1, [rdi + 16]
        movdqa  xmm2, xmm0
        movdqa  xmm3, xmm1
        pcmpgtb xmm2, xmm5
        pcmpgtb xmm3, xmm5
        pand    xmm2, xmm4
        pand    xmm3, xmm4
        psubb   xmm0, xmm2
        psubb   xmm1, xmm3
        movdqu  [rdi + 512], xmm0
        movdqu  [rdi + 528], xmm1
        dec     rsi
        jnz     .iterate
.done:
        ret
