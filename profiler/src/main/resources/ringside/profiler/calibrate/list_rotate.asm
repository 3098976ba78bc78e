; list_rotate - take the first node of a ring of nodes and put it last
;
; iterations: 20000
; data: 4096
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]              ; first
        mov     rdx, [rax]
        mov     [rdi], rdx
        mov     [rdx + 8], rdi
        mov     rcx, [rdi + 8]          ; last
        mov     [rax], rdi
        mov     [rax + 8], rcx
        mov     [rcx], rax
        mov     [rdi + 8], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
