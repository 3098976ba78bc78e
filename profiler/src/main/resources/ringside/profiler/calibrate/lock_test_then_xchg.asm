; lock_test_then_xchg - look before xchg, as under contention
;
; iterations: 20000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        cmp     dword [rdi], 0
        jne     .next
        mov     eax, 1
        xchg    [rdi], eax
        test    eax, eax
        jnz     .next
        mov     dword [rdi], 0
.next:
        dec     rsi
        jnz     .iterate
.done:
        ret
