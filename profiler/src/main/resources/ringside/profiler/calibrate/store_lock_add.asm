; store_lock_add - a store and a locked add of 0 to the stack, a full barrier
;
; iterations: 12000
; data: 256
; fill: zero
; pair: store_barrier
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        lock add dword [rsp], 0
        dec     rsi
        jnz     .iterate
.done:
        ret
