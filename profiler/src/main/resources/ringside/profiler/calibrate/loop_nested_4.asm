; loop_nested_4 - an inner loop of four rounds
;
; iterations: 30000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     ecx, 4
.inner:
        add     rax, rcx
        dec     ecx
        jnz     .inner
        dec     rsi
        jnz     .iterate
.done:
        ret
