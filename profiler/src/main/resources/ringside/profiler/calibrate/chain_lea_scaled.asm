; chain_lea_scaled - eight dependent lea of three parts
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        mov     ecx, 3
.iterate:
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        lea     rax, [rax + rcx*4 + 7]
        dec     rsi
        jnz     .iterate
.done:
        ret
