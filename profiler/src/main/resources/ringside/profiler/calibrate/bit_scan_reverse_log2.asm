; bit_scan_reverse_log2 - floor of the logarithm by BSR, then a shift by it
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        lea     rax, [rsi + rsi*4 + 9]
        bsr     rcx, rax
        mov     edx, 1
        shl     rdx, cl
        sub     rax, rdx
        shr     rax, cl
        add     r8, rcx
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
