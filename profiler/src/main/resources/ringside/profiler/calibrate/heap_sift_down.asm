; heap_sift_down - sift down in a heap of 127 numbers, the way is by comparison
;
; iterations: 10000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        mov     eax, 1
.down:
        lea     ecx, [rax + rax]
        mov     r8d, [rdi + rcx*4]
        mov     r9d, [rdi + rcx*4 + 4]
        lea     edx, [rcx + 1]
        cmp     r9d, r8d
        cmovb   r8d, r9d
        cmovb   ecx, edx
        mov     [rdi + rax*4 + 1024], r8d
        mov     eax, ecx
        cmp     eax, 64
        jb      .down
        add     r10d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
