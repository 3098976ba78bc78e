; capability_two_levels - a capability through two tables, the second by a pointer
;
; iterations: 20000
; data: 16384
; fill: ring 64
        global  snippet
snippet:
        xor     r9d, r9d
.iterate:
        mov     eax, esi
        and     eax, 15
        shl     eax, 6
        mov     rdx, [rdi + rax]
        mov     ecx, esi
        shr     ecx, 4
        and     ecx, 3
        mov     r8, [rdx + rcx*8]
        mov     rdx, [rdx]
        add     r9, [rdx + 8]
        add     r9, r8
        dec     rsi
        jnz     .iterate
.done:
        ret
