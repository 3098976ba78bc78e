; ring_batch_8 - put eight words, publish the head once
;
; iterations: 15000
; data: 4096
; fill: zero
; pair: ring_publish
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     rcx, rax
        and     ecx, 127
        mov     [rdi + rcx*8 + 128], rsi
        inc     rax
        mov     [rdi], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
