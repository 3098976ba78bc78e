; bit_set_register - set and clear a bit of memory through a register
;
; iterations: 25000
; data: 256
; fill: zero
; pair: bit_set
        global  snippet
snippet:
.iterate:
        mov     ecx, esi
        and     ecx, 63
        mov     rax, [rdi]
        bts     rax, rcx
        mov     [rdi], rax
        mov     rax, [rdi]
        btr     rax, rcx
        mov     [rdi], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
