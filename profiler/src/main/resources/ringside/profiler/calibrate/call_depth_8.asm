; call_depth_8 - a routine that calls itself eight deep
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     ecx, 8
        call    snippet_deeper
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_deeper:
        dec     ecx
        jz      .bottom
        call    snippet_deeper
.bottom:
        inc     rax
        ret
