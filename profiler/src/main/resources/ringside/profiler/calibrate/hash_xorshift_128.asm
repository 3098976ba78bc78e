; hash_xorshift_128 - xorshift of 128 bits
;
; iterations: 25000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     rdx, [rdi + 8]
.iterate:
        mov     rcx, rax
        mov     r8, rdx
        mov     rax, r8
        shl     rcx, 23
        xor     rcx, rax
        mov     r9, rcx
        shr     r9, 17
        xor     rcx, r9
        mov     r9, r8
        shr     r9, 26
        xor     rcx, r9
        xor     rcx, r8
        mov     rdx, rcx
        add     r10, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
