; alias_store_load_unknown - a store through a pointer that comes late, a load behind it elsewhere
;
; iterations: 12000
; data: 4096
; fill: zero
        global  snippet
snippet:
        mov     [rdi], rdi
.iterate:
        mov     rax, [rdi]
        imul    rcx, rsi, 8
        and     rcx, 0x1f8
        imul    rax, rax, 1
        mov     [rax + rcx + 1024], rsi
        mov     rdx, [rdi + 2048]
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
