; branch_period_12_mixed - two conditions with periods three and four
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        and     eax, 3
        jnz     .first
        add     r8, 1
.first:
        inc     ecx
        cmp     ecx, 3
        jb      .second
        xor     ecx, ecx
        add     r9, 1
.second:
        dec     rsi
        jnz     .iterate
.done:
        ret
