; loop_trip_3 - an inner loop of three rounds
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     ecx, 3
.inner:
        add     rax, rcx
        dec     ecx
        jnz     .inner
        dec     rsi
        jnz     .iterate
.done:
        ret
