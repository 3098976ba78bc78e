; alias_4k - a load 4096 bytes behind a store
;
; iterations: 15000
; data: 12288
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     ecx, esi
        and     ecx, 0xff8
        mov     [rdi + rcx], rsi
        mov     rax, [rdi + rcx + 4096]
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
