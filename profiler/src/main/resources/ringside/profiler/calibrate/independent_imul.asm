; independent_imul - eight multiplications of four registers
;
; iterations: 40000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     eax, 3
.iterate:
        imul    rax, rax
        imul    rcx, rcx
        imul    rdx, rdx
        imul    r8, r8
        imul    rax, rax
        imul    rcx, rcx
        imul    rdx, rdx
        imul    r8, r8
        dec     rsi
        jnz     .iterate
.done:
        ret
