; lock_xchg - spin lock taken by xchg, released by a store
;
; iterations: 20000
; data: 256
; fill: zero
; pair: lock_take
        global  snippet
snippet:
.iterate:
.again:
        mov     eax, 1
        xchg    [rdi], eax
        test    eax, eax
        jnz     .again
        mov     dword [rdi], 0
        dec     rsi
        jnz     .iterate
.done:
        ret
