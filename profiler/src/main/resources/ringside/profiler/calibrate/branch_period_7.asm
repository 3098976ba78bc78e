; branch_period_7 - a branch that is taken every seventh time
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        inc     ecx
        cmp     ecx, 7
        jb      .over
        xor     ecx, ecx
        add     rax, 1
.over:
        dec     rsi
        jnz     .iterate
.done:
        ret
