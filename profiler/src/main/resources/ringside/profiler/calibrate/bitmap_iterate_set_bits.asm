; bitmap_iterate_set_bits - visit the set bits of a word: BSF and clear lowest
;
; iterations: 9000
; data: 4096
; fill: random
        global  snippet
snippet:
        xor     r9d, r9d
.iterate:
        mov     ecx, esi
        and     ecx, 511
        mov     rax, [rdi + rcx*8]
        shr     rax, 40
        jz      .none
.bit:
        bsf     rdx, rax
        add     r9, rdx
        lea     rcx, [rax - 1]
        and     rax, rcx
        jnz     .bit
.none:
        dec     rsi
        jnz     .iterate
.done:
        ret
