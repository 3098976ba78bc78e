; list_delete_middle - unlink the node behind the head and link it in again behind the tail
;
; iterations: 12000
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
        mov     [rdx], rax
        mov     [rax + 8], rdx
        mov     [rax], rdi
        mov     [rdi + 8], rax
        inc     dword [rax + 16]
        dec     rsi
        jnz     .iterate
.done:
        ret
