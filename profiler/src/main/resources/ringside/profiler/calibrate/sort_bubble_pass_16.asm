; sort_bubble_pass_16 - one pass of bubble sort over 16 numbers by CMOV
;
; iterations: 6000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        mov     eax, [rdi]
        mov     ecx, 1
.pair:
        mov     edx, [rdi + rcx*4]
        mov     r8d, eax
        cmp     eax, edx
        cmova   r8d, edx
        cmovb   eax, edx
        mov     [rdi + rcx*4 - 4], r8d
        inc     ecx
        cmp     ecx, 16
        jb      .pair
        mov     [rdi + 60], eax
        dec     rsi
        jnz     .iterate
.done:
        ret
