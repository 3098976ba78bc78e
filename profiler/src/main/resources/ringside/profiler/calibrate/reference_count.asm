; reference_count - take and drop a reference: lock xadd, compare to zero
;
; iterations: 14000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        lock xadd [rdi], eax
        mov     eax, -1
        lock xadd [rdi], eax
        cmp     eax, 1
        jne     .kept
        inc     dword [rdi + 64]
.kept:
        dec     rsi
        jnz     .iterate
.done:
        ret
