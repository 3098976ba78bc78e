; branch_never - four branches that are never taken
;
; iterations: 50000
; data: 256
; fill: zero
; pair: branch_way
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        test    rdi, rdi
        jz      .over_0
        add     rax, 0
.over_0:
        add     rcx, 1
        test    rdi, rdi
        jz      .over_1
        add     rax, 0
.over_1:
        add     rcx, 1
        test    rdi, rdi
        jz      .over_2
        add     rax, 0
.over_2:
        add     rcx, 1
        test    rdi, rdi
        jz      .over_3
        add     rax, 0
.over_3:
        add     rcx, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
