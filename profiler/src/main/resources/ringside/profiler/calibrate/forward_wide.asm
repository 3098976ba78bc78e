; forward_wide - store twice four bytes, load all eight: no forwarding
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        mov     [rdi], eax
        mov     [rdi + 4], ecx
        mov     rdx, [rdi]
        add     eax, edx
        dec     rsi
        jnz     .iterate
.done:
        ret
