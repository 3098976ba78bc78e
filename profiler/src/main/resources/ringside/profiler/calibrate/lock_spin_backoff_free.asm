; lock_spin_backoff_free - test, test and set by CMPXCHG, protect two fields, release by a store
;
; iterations: 10000
; data: 512
; fill: zero
; pair: lock_reader_or_owner
        global  snippet
snippet:
.iterate:
        mov     eax, [rdi]
        test    eax, eax
        jnz     .busy
        mov     ecx, 1
        lock cmpxchg [rdi], ecx
        jnz     .busy
        mov     rdx, [rdi + 64]
        add     rdx, 1
        mov     [rdi + 64], rdx
        mov     [rdi + 72], rsi
        mov     dword [rdi], 0
        jmp     .next
.busy:
        pause
.next:
        dec     rsi
        jnz     .iterate
.done:
        ret
