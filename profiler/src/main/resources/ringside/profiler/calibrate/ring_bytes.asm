; ring_bytes - byte ring of 128: put one byte, take one byte
;
; iterations: 25000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, [rdi]
        mov     ecx, eax
        and     ecx, 127
        mov     [rdi + rcx + 128], sil
        inc     eax
        mov     [rdi], eax
        mov     eax, [rdi + 64]
        mov     ecx, eax
        and     ecx, 127
        movzx   edx, byte [rdi + rcx + 128]
        inc     eax
        mov     [rdi + 64], eax
        dec     rsi
        jnz     .iterate
.done:
        ret
