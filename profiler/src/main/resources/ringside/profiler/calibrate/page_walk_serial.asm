; page_walk_serial - the same walk, each address taken from the last result
;
; iterations: 8000
; data: 16384
; fill: tables
        global  snippet
snippet:
        mov     r8, 0x000ffffffffff000
        xor     eax, eax
.iterate:
        mov     rdx, rdi
        mov     rcx, rax
        shr     rcx, 39
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 30
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 21
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 12
        and     ecx, 511
        mov     rax, [rdx + rcx*8]
        add     rax, 4096
        dec     rsi
        jnz     .iterate
.done:
        ret
