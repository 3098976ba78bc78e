; lock_rw_reader - reader-writer lock: count a reader in and out
;
; iterations: 12000
; data: 256
; fill: zero
; pair: lock_reader_or_owner
        global  snippet
snippet:
.iterate:
        mov     eax, [rdi]
.again:
        test    eax, eax
        js      .out
        lea     ecx, [rax + 1]
        lock cmpxchg [rdi], ecx
        jnz     .again
        mov     rdx, [rdi + 64]
        lock dec dword [rdi]
.out:
        dec     rsi
        jnz     .iterate
.done:
        ret
