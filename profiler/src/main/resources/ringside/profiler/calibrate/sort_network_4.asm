; sort_network_4 - sort four random words by a network of conditional moves
;
; iterations: 20000
; data: 32768
; fill: random
; pair: sort_4
        global  snippet
snippet:
        mov     r11, [rdi + 32752]
        mov     r10, 6364136223846793005
        mov     [rdi + 32760], r10
.iterate:
        imul    r11, [rdi + 32760]
        add     r11, 12345
        mov     r10, r11
        shr     r10, 54
        shl     r10d, 4
        mov     eax, [rdi + r10]
        mov     ecx, [rdi + r10 + 4]
        mov     r8d, [rdi + r10 + 8]
        mov     r9d, [rdi + r10 + 12]
        mov     edx, eax
        cmp     eax, ecx
        cmovg   eax, ecx
        cmovg   ecx, edx
        mov     edx, r8d
        cmp     r8d, r9d
        cmovg   r8d, r9d
        cmovg   r9d, edx
        mov     edx, eax
        cmp     eax, r8d
        cmovg   eax, r8d
        cmovg   r8d, edx
        mov     edx, ecx
        cmp     ecx, r9d
        cmovg   ecx, r9d
        cmovg   r9d, edx
        mov     edx, ecx
        cmp     ecx, r8d
        cmovg   ecx, r8d
        cmovg   r8d, edx
        mov     [rdi + 16384], eax
        mov     [rdi + 16388], ecx
        mov     [rdi + 16392], r8d
        mov     [rdi + 16396], r9d
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi + 32752], r11
        ret
