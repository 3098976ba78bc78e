; chain_forward_indexed - the same through an indexed address
;
; iterations: 5000
; data: 256
; fill: zero
; pair: forward
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        dec     rsi
        jnz     .iterate
.done:
        ret
