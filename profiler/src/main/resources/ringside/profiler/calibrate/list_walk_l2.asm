; list_walk_l2 - walk a ring of nodes in 256 KiB: one step
;
; iterations: 30000
; data: 262144
; fill: ring 64
        global  snippet
snippet:
        mov     rax, rdi
.iterate:
        mov     rax, [rax]
        dec     rsi
        jnz     .iterate
.done:
        ret
