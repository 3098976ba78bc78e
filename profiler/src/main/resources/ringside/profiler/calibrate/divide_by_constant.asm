; divide_by_constant - divide by 10 with div
;
; iterations: 20000
; data: 256
; fill: zero
; pair: divide_by_10
        global  snippet
snippet:
        mov     ecx, 10
        xor     r8d, r8d
.iterate:
        mov     rax, rsi
        xor     edx, edx
        div     rcx
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
