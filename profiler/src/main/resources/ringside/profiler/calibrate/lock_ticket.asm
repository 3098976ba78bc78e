; lock_ticket - ticket lock, uncontended: xadd, compare, increment
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        lock xadd [rdi], ax
.again:
        cmp     [rdi + 2], ax
        jne     .again
        inc     word [rdi + 2]
        dec     rsi
        jnz     .iterate
.done:
        ret
