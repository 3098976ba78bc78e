; capability_lookup - a capability by index and mask, its kind and rights checked
;
; iterations: 30000
; data: 16384
; fill: count
        global  snippet
snippet:
        mov     r10d, 0xffff
        xor     r11d, r11d
.iterate:
        mov     eax, esi
        and     eax, 255
        shl     eax, 5
        lea     rdx, [rdi + rax]
        mov     rcx, [rdx]
        mov     r8d, ecx
        and     r8d, 7
        cmp     r8d, 7
        je      .wrong
        mov     r9, [rdx + 8]
        test    r9, r10
        jz      .wrong
        add     r11, rcx
.wrong:
        dec     rsi
        jnz     .iterate
.done:
        ret
