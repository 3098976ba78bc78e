; sort_insertion_8 - copy eight numbers and sort them by insertion, always the same ones
;
; iterations: 4000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        movups  xmm0, [rdi + 256]
        movups  xmm1, [rdi + 272]
        movups  [rdi], xmm0
        movups  [rdi + 16], xmm1
        mov     ecx, 1
.outer:
        mov     eax, [rdi + rcx*4]
        mov     edx, ecx
.inner:
        mov     r8d, [rdi + rdx*4 - 4]
        cmp     r8d, eax
        jbe     .place
        mov     [rdi + rdx*4], r8d
        dec     edx
        jnz     .inner
.place:
        mov     [rdi + rdx*4], eax
        inc     ecx
        cmp     ecx, 8
        jb      .outer
        dec     rsi
        jnz     .iterate
.done:
        ret
