; alloc_free_list - take an object from a free list and put it back
;
; iterations: 30000
; data: 4096
; fill: ring 64
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        mov     rdx, [rax]
        mov     [rdi], rdx
        mov     [rax], rsi              ; used
        mov     rdx, [rdi]
        mov     [rax], rdx
        mov     [rdi], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
