; alloc_buddy_split - buddy allocator: the order of a size, and the two halves of a block
;
; iterations: 30000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        and     eax, 0xffff
        or      eax, 0x1000
        bsr     ecx, eax
        sub     ecx, 11
        mov     edx, 4096
        shl     rdx, cl
        mov     r8, rdx
        xor     r8, rsi
        mov     [rdi + rcx*8], r8
        shr     rdx, 1
        xor     rdx, rsi
        mov     [rdi + rcx*8 + 64], rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
