; loop_nested_40 - an inner loop of forty rounds
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     ecx, 40
.inner:
        add     rax, rcx
        dec     ecx
        jnz     .inner
        dec     rsi
        jnz     .iterate
.done:
        ret
