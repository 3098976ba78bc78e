; clamp_setcc_cmov - clamp a number to bounds and count what was clamped
;
; iterations: 20000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        mov     ecx, esi
        and     ecx, 1023
        mov     eax, [rdi + rcx*4]
        xor     edx, edx
        cmp     eax, 1000000
        cmovb   eax, r11d
        setb    dl
        add     r8, rdx
        cmp     eax, 2000000000
        cmova   eax, esi
        seta    dl
        add     r9, rdx
        add     r10d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
