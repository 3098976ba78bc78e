; list_walk_pages - walk a ring of 128 nodes, each on a page of its own and on a line of its own: one step
;
; iterations: 30000
; data: 532480
; fill: ring 4160
        global  snippet
snippet:
        mov     rax, rdi
.iterate:
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
