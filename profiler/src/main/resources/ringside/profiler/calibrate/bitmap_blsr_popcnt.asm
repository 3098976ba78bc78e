; bitmap_blsr_popcnt - rank of a bit in a bitmap of four words by POPCNT
;
; iterations: 15000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        mov     ecx, esi
        and     ecx, 63
        mov     rdx, -1
        shl     rdx, cl
        not     rdx
        popcnt  rax, [rdi]
        popcnt  r8, [rdi + 8]
        popcnt  r9, [rdi + 16]
        and     rdx, [rdi + 24]
        popcnt  rdx, rdx
        add     rax, r8
        add     r9, rdx
        add     rax, r9
        add     r10, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
