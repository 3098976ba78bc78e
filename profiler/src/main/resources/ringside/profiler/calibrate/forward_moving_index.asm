; forward_moving_index - eight stores, each loaded at once, through an index that moves on
;
; iterations: 5000
; data: 4096
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        xor     ecx, ecx
.iterate:
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        add     rax, 1
        mov     [rdi + rcx*8], rax
        mov     rax, [rdi + rcx*8]
        inc     ecx
        and     ecx, 127
        dec     rsi
        jnz     .iterate
.done:
        ret
