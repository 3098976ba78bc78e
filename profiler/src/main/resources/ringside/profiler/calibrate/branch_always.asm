; branch_always - four branches that are always taken
;
; iterations: 40000
; data: 256
; fill: zero
; pair: branch_way
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        test    rdi, rdi
        jnz     .over_0
        add     rax, 1
.over_0:
        add     rcx, 1
        test    rdi, rdi
        jnz     .over_1
        add     rax, 1
.over_1:
        add     rcx, 1
        test    rdi, rdi
        jnz     .over_2
        add     rax, 1
.over_2:
        add     rcx, 1
        test    rdi, rdi
        jnz     .over_3
        add     rax, 1
.over_3:
        add     rcx, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
