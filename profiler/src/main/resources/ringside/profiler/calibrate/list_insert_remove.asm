; list_insert_remove - insert a node behind the head of a doubly linked list, and take it out
;
; iterations: 15000
; data: 4096
; fill: list 64
        global  snippet
snippet:
        ; The last node of the filled ring is free from the start.
        mov     rax, [rdi + 4032]
        mov     rcx, [rdi + 4040]
        mov     [rax + 8], rcx
        mov     [rcx], rax
.iterate:
        lea     rdx, [rdi + 4032]       ; the node
        mov     rax, [rdi]              ; the head's next
        mov     [rdx], rax
        mov     [rdx + 8], rdi
        mov     [rax + 8], rdx
        mov     [rdi], rdx
        mov     rax, [rdx]              ; out again
        mov     rcx, [rdx + 8]
        mov     [rax + 8], rcx
        mov     [rcx], rax
        dec     rsi
        jnz     .iterate
.done:
        lea     rdx, [rdi + 4032]
        mov     [rdi + 8], rdx          ; and back in, for the next call
        mov     [rdx], rdi
        lea     rcx, [rdi + 3968]
        mov     [rdx + 8], rcx
        mov     [rcx], rdx
        ret
