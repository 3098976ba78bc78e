; rdtsc_read - rdtsc, both halves put together
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        dec     rsi
        jnz     .iterate
.done:
        xor     eax, eax
        xor     edx, edx
        ret
