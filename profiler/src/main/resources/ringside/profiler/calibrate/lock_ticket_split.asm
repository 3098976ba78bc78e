; lock_ticket_split - ticket lock whose counters stand in two cache lines
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        lock xadd [rdi], eax
.again:
        cmp     [rdi + 64], eax
        jne     .again
        inc     dword [rdi + 64]
        dec     rsi
        jnz     .iterate
.done:
        ret
