; tree_search_setcc - the same search without a branch: the comparison is the way
;
; iterations: 30000
; data: 2048
; fill: random
; pair: tree_search
        global  snippet
snippet:
        mov     eax, 12345
.iterate:
        imul    eax, eax, 1664525
        add     eax, 1013904223
        mov     edx, 1
.down:
        xor     ecx, ecx
        cmp     [rdi + rdx*8], eax
        setb    cl
        lea     edx, [rcx + rdx*2]
        cmp     edx, 256
        jb      .down
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
