; call_indirect_memory - call through a table of operations in memory
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        lea     r8, [rel snippet_leaf]
        lea     rdx, [rdi + 64]
        mov     [rdi], rdx
        mov     [rdx + 8], r8
.iterate:
        mov     rdx, [rdi]
        call    [rdx + 8]
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_leaf:
        add     rax, 3
        ret
