; lock_release_store - lock taken by xchg, released by a plain store, around one increment
;
; iterations: 20000
; data: 256
; fill: zero
; pair: lock_release
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        xchg    [rdi], eax
        inc     qword [rdi + 64]
        mov     dword [rdi], 0
        dec     rsi
        jnz     .iterate
.done:
        ret
