; call_depth_40 - a routine that calls itself 40 deep, past a return stack of 32
;
; iterations: 1500
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        mov     ecx, 40
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
