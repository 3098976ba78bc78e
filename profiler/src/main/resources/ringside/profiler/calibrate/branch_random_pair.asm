; branch_random_pair - two branches on the same random bit: the second one is known
;
; iterations: 100000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     rax, 88172645463325252
.iterate:
        mov     rcx, rax
        shl     rcx, 13
        xor     rax, rcx
        mov     rcx, rax
        shr     rcx, 7
        xor     rax, rcx
        mov     rcx, rax
        shl     rcx, 17
        xor     rax, rcx
        test    al, 1
        jz      .even
        add     r8, 3
.even:
        add     r9, 1
        test    al, 1
        jz      .again
        add     r8, 5
.again:
        dec     rsi
        jnz     .iterate
.done:
        ret
