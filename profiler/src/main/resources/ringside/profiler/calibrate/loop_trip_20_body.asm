; loop_trip_20_body - an inner loop of twenty rounds with a load and a store each
;
; iterations: 3000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        xor     ecx, ecx
.inner:
        mov     eax, [rdi + rcx*4]
        add     eax, ecx
        mov     [rdi + rcx*4 + 1024], eax
        inc     ecx
        cmp     ecx, 20
        jb      .inner
        dec     rsi
        jnz     .iterate
.done:
        ret
