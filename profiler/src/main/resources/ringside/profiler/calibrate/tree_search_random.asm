; tree_search_random - binary search tree as an implicit heap of 255 keys, random keys
;
; iterations: 30000
; data: 2048
; fill: random
; pair: tree_search
        global  snippet
snippet:
        mov     eax, 12345
.iterate:
        mov     ecx, eax
        shl     ecx, 13
        xor     eax, ecx
        mov     ecx, eax
        shr     ecx, 17
        xor     eax, ecx
        mov     ecx, eax
        shl     ecx, 5
        xor     eax, ecx
        mov     edx, 1
.down:
        cmp     [rdi + rdx*8], eax
        jb      .right
        add     edx, edx
        jmp     .test
.right:
        lea     edx, [rdx + rdx + 1]
.test:
        cmp     edx, 256
        jb      .down
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
