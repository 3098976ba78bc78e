; bit_set_memory - set and clear a bit of memory by bts and btr with a memory operand
;
; iterations: 12000
; data: 256
; fill: zero
; pair: bit_set
        global  snippet
snippet:
.iterate:
        mov     ecx, esi
        and     ecx, 63
        bts     [rdi], rcx
        btr     [rdi], rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
