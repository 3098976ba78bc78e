; random_walk_table - a state machine of 256 states by a table, fed by a counter
;
; iterations: 15000
; data: 65536
; fill: random
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     ecx, esi
        and     ecx, 255
        shl     eax, 8
        or      eax, ecx
        movzx   eax, byte [rdi + rax]
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
