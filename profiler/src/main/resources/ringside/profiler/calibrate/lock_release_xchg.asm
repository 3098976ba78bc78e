; lock_release_xchg - lock taken by xchg, released by xchg, around one increment
;
; iterations: 15000
; data: 256
; fill: zero
; pair: lock_release
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        xchg    [rdi], eax
        inc     qword [rdi + 64]
        xor     eax, eax
        xchg    [rdi], eax
        dec     rsi
        jnz     .iterate
.done:
        ret
