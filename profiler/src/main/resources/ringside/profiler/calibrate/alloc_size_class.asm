; alloc_size_class - size class by LZCNT-like BSR, pop from its free list, push it back
;
; iterations: 10000
; data: 8192
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        and     eax, 1023
        or      eax, 15
        bsr     ecx, eax
        sub     ecx, 3
        shl     ecx, 6
        lea     rdx, [rdi + rcx]
        mov     rax, [rdx]
        mov     r8, [rax]
        mov     [rdx], r8
        mov     [rax + 16], rsi
        mov     r9, [rdx]
        mov     [rax], r9
        mov     [rdx], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
