; chain_cmov - eight dependent conditional moves
;
; iterations: 30000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        mov     ecx, 7
.iterate:
        cmp     rax, rcx
        cmovb   rax, rcx
        cmp     rax, rcx
        cmovb   rax, rcx
        cmp     rax, rcx
        cmovb   rax, rcx
        cmp     rax, rcx
        cmovb   rax, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
