; radix_lookup_4 - radix tree of four levels, 16 ways each
;
; iterations: 12000
; data: 16384
; fill: tables
        global  snippet
snippet:
.iterate:
        mov     rax, rdi
        mov     ecx, esi
        mov     edx, 3
.level:
        mov     r8d, ecx
        and     r8d, 15
        shr     ecx, 4
        mov     rax, [rax + r8*8]
        and     rax, -4096
        dec     edx
        jnz     .level
        add     r9, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
