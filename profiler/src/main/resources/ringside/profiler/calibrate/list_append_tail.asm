; list_append_tail - append a node at the tail, take one from the head
;
; iterations: 15000
; data: 4096
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        mov     rcx, [rax]
        mov     [rdi], rcx
        mov     [rcx + 8], rdi
        mov     rdx, [rdi + 8]
        mov     [rax], rdi
        mov     [rax + 8], rdx
        mov     [rdx], rax
        mov     [rdi + 8], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
