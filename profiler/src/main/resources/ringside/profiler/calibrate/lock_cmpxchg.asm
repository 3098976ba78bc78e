; lock_cmpxchg - spin lock taken by lock cmpxchg, released by a store
;
; iterations: 20000
; data: 256
; fill: zero
; pair: lock_take
        global  snippet
snippet:
.iterate:
.again:
        xor     eax, eax
        mov     ecx, 1
        lock cmpxchg [rdi], ecx
        jnz     .again
        mov     dword [rdi], 0
        dec     rsi
        jnz     .iterate
.done:
        ret
