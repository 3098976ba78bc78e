; lock_or_and_bits - set and clear a flag by LOCK OR and LOCK AND
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        lock or dword [rdi], 4
        mov     eax, [rdi + 64]
        add     eax, 1
        mov     [rdi + 64], eax
        lock and dword [rdi], -5
        dec     rsi
        jnz     .iterate
.done:
        ret
