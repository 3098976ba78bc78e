; alloc_slab_bitmap - slab: the first free object of 64 by its bitmap, and free it again
;
; iterations: 25000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        not     rax
        bsf     rcx, rax
        jz      .none
        mov     rax, [rdi]
        bts     rax, rcx
        mov     [rdi], rax
        mov     edx, ecx
        shl     edx, 6
        lea     r8, [rdi + rdx]
        mov     rax, r8
        sub     rax, rdi
        shr     rax, 6
        mov     rdx, [rdi]
        btr     rdx, rax
        mov     [rdi], rdx
.none:
        dec     rsi
        jnz     .iterate
.done:
        ret
