; bitmap_alloc_free - find a free bit by NOT and BSF, set it, clear it
;
; iterations: 12000
; data: 512
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        not     rax
        bsf     rcx, rax
        bts     qword [rdi + 64], 3
        mov     rdx, [rdi]
        bts     rdx, rcx
        mov     [rdi], rdx
        btr     rdx, rcx
        mov     [rdi], rdx
        add     r8, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
