; bitmap_find_bsf - find the lowest bit of a word by bsf, clear it, set another
;
; iterations: 40000
; data: 256
; fill: zero
; pair: bitmap_find
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     rax, [rdi]
        or      rax, 0x100000
        bsf     rcx, rax
        lea     rdx, [rax - 1]
        and     rax, rdx
        add     r8, rcx
        mov     [rdi], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
