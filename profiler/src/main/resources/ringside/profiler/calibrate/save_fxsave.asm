; save_fxsave - fxsave and fxrstor of the same area
;
; iterations: 1500
; data: 1024
; fill: zero
        global  snippet
snippet:
.iterate:
        fxsave  [rdi]
        fxrstor [rdi]
        dec     rsi
        jnz     .iterate
.done:
        ; What machines differ in does not stay.
        xor     eax, eax
        mov     ecx, 128
        mov     rdx, rdi
.clear:
        mov     [rdx], rax
        add     rdx, 8
        dec     ecx
        jnz     .clear
        ret
