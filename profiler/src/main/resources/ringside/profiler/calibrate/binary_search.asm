; binary_search - search 1024 sorted words, with branches
;
; iterations: 15000
; data: 4096
; fill: count
; pair: search
        global  snippet
snippet:
        mov     rax, rsi
        mov     r9, 6364136223846793005
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     r10, rax
        shr     r10, 54                 ; the key
        xor     ecx, ecx
        mov     edx, 1024
.halve:
        lea     r8d, [rcx + rdx]
        shr     r8d, 1
        cmp     [rdi + r8*4], r10d
        ja      .left
        lea     ecx, [r8 + 1]
        jmp     .next
.left:
        mov     edx, r8d
.next:
        cmp     ecx, edx
        jb      .halve
        dec     rsi
        jnz     .iterate
.done:
        ret
