; binary_search_cmov - search 1024 sorted words, by conditional moves
;
; iterations: 4500
; data: 4096
; fill: count
; pair: search
        global  snippet
snippet:
        mov     rax, rsi
        mov     r9, 6364136223846793005
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     r10, rax
        shr     r10, 54                 ; the key
        xor     ecx, ecx
        mov     edx, 512
.halve:
        lea     r8d, [rcx + rdx]
        cmp     [rdi + r8*4], r10d
        cmovbe  ecx, r8d
        shr     edx, 1
        jnz     .halve
        dec     rsi
        jnz     .iterate
.done:
        ret
