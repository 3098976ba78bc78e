; list_search - search a list of 15 nodes for its last key
;
; iterations: 5000
; data: 1024
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
.node:
        cmp     qword [rax + 16], 0
        jne     .found
        mov     rax, [rax]
        cmp     rax, rdi
        jne     .node
.found:
        dec     rsi
        jnz     .iterate
.done:
        ret
