; sort_branches_4 - sort four random words by the same network with branches
;
; iterations: 60000
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
        cmp     eax, ecx
        jle     .ordered_0
        xchg    eax, ecx
.ordered_0:
        cmp     r8d, r9d
        jle     .ordered_1
        xchg    r8d, r9d
.ordered_1:
        cmp     eax, r8d
        jle     .ordered_2
        xchg    eax, r8d
.ordered_2:
        cmp     ecx, r9d
        jle     .ordered_3
        xchg    ecx, r9d
.ordered_3:
        cmp     ecx, r8d
        jle     .ordered_4
        xchg    ecx, r8d
.ordered_4:
        mov     [rdi + 16384], eax
        mov     [rdi + 16388], ecx
        mov     [rdi + 16392], r8d
        mov     [rdi + 16396], r9d
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi + 32752], r11
        ret
