; divide_chain_64 - a chain of divisions of growing numbers by a small one
;
; iterations: 6000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     r8, 10
        mov     rcx, 0x123456789abcdef
.iterate:
        mov     rax, rcx
        xor     edx, edx
        div     r8
        lea     rcx, [rax + rax*8]
        add     rcx, rax
        add     rcx, 7
        dec     rsi
        jnz     .iterate
.done:
        ret
