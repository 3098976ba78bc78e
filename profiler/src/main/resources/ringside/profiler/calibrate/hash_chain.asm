; hash_chain - hash table with chains: bucket, then two nodes
;
; iterations: 20000
; data: 16384
; fill: ring 64
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     eax, esi
        imul    eax, eax, 0x9e3779b1
        shr     eax, 24
        shl     eax, 6
        mov     rdx, [rdi + rax]
        mov     rdx, [rdx]
        add     r8, [rdx + 8]
        dec     rsi
        jnz     .iterate
.done:
        ret
