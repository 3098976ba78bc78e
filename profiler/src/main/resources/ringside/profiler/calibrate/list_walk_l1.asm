; list_walk_l1 - walk a ring of nodes in 16 KiB: one step
;
; iterations: 100000
; data: 16384
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
