; chain_setcc - a flag made a number, four times
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        mov     ecx, 1
.iterate:
        cmp     rax, rcx
        setb    al
        movzx   eax, al
        cmp     rax, rcx
        setb    al
        movzx   eax, al
        cmp     rax, rcx
        setb    al
        movzx   eax, al
        cmp     rax, rcx
        setb    al
        movzx   eax, al
        dec     rsi
        jnz     .iterate
.done:
        ret
