; list_walk_payload - walk a ring of nodes and sum a field
;
; iterations: 80000
; data: 16384
; fill: ring 64
        global  snippet
snippet:
        mov     rax, rdi
        xor     edx, edx
.iterate:
        mov     rax, [rax]
        add     rdx, [rax + 8]
        dec     rsi
        jnz     .iterate
.done:
        ret
