; alloc_bump - bump allocator with a limit
;
; iterations: 50000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     rax, [rdi]
        lea     rdx, [rax + 48]
        cmp     rdx, 32768
        jbe     .fits
        xor     edx, edx
.fits:
        mov     [rdi], rdx
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
