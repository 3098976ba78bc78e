; tree_walk_depth_5 - go down five levels of a binary tree by the bits of a key
;
; iterations: 10000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        mov     ecx, esi
        mov     edx, 5
.level:
        mov     r8d, ecx
        and     r8d, 1
        shr     ecx, 1
        lea     eax, [r8 + rax*2]
        mov     r9, [rdi + rax*8]
        add     r10, r9
        dec     edx
        jnz     .level
        dec     rsi
        jnz     .iterate
.done:
        ret
