; lookup_random_64k - independent random look-ups in a table of 64 KiB
;
; iterations: 20000
; data: 65536
; fill: random
        global  snippet
snippet:
        mov     eax, 1
.iterate:
        imul    eax, eax, 1664525
        add     eax, 1013904223
        mov     ecx, eax
        shr     ecx, 16
        and     ecx, 0xfff8
        add     r8, [rdi + rcx]
        dec     rsi
        jnz     .iterate
.done:
        ret
