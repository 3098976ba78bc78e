; page_walk - walk page tables of four levels in software
;
; iterations: 12000
; data: 16384
; fill: tables
        global  snippet
snippet:
        mov     r8, 0x000ffffffffff000
        xor     r9d, r9d
.iterate:
        mov     rax, rsi
        shl     rax, 12                 ; the address that is translated
        mov     rdx, rdi
        mov     ecx, eax
        mov     rcx, rax
        shr     rcx, 39
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        test    dl, 1
        jz      .absent
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 30
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        test    dl, 1
        jz      .absent
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 21
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        test    dl, 1
        jz      .absent
        and     rdx, r8
        mov     rcx, rax
        shr     rcx, 12
        and     ecx, 511
        mov     rdx, [rdx + rcx*8]
        test    dl, 1
        jz      .absent
        add     r9, rdx
.absent:
        dec     rsi
        jnz     .iterate
.done:
        ret
