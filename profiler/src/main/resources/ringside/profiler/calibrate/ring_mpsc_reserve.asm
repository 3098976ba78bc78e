; ring_mpsc_reserve - MPSC ring of 64 slots: reserve by XADD, fill, publish a sequence, take one
;
; iterations: 10000
; data: 8192
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, 1
        lock xadd [rdi], eax
        mov     ecx, eax
        and     ecx, 63
        shl     ecx, 6
        lea     rdx, [rdi + rcx + 1024]
        mov     [rdx + 8], rsi
        mov     [rdx + 16], rdi
        inc     eax
        mov     [rdx], eax
        mov     r8d, [rdi + 128]
        mov     ecx, r8d
        and     ecx, 63
        shl     ecx, 6
        lea     r9, [rdi + rcx + 1024]
        inc     r8d
        cmp     [r9], r8d
        jne     .empty
        mov     r10, [r9 + 8]
        mov     [rdi + 128], r8d
.empty:
        dec     rsi
        jnz     .iterate
.done:
        ret
