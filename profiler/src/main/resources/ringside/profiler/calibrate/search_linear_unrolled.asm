; search_linear_unrolled - look for a key among 32 words, four a round, found at the last
;
; iterations: 6000
; data: 4096
; fill: count
        global  snippet
snippet:
        mov     r8d, 31
.iterate:
        xor     ecx, ecx
.more:
        cmp     [rdi + rcx*4], r8d
        je      .found
        cmp     [rdi + rcx*4 + 4], r8d
        je      .found
        cmp     [rdi + rcx*4 + 8], r8d
        je      .found
        cmp     [rdi + rcx*4 + 12], r8d
        je      .found
        add     ecx, 4
        cmp     ecx, 32
        jb      .more
.found:
        add     r9d, ecx
        dec     rsi
        jnz     .iterate
.done:
        ret
