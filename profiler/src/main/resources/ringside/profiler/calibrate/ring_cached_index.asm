; ring_cached_index - SPSC ring of 256 words with cached copies of the other side's index
;
; iterations: 20000
; data: 8192
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        mov     rcx, [rdi + 8]
        mov     rdx, rax
        sub     rdx, rcx
        cmp     rdx, 255
        jb      .room
        mov     rcx, [rdi + 64]
        mov     [rdi + 8], rcx
.room:
        movzx   ecx, al
        mov     [rdi + rcx*8 + 256], rsi
        inc     rax
        mov     [rdi], rax
        mov     rax, [rdi + 64]
        cmp     rax, [rdi + 72]
        jne     .some
        mov     rcx, [rdi]
        mov     [rdi + 72], rcx
.some:
        movzx   ecx, al
        mov     r8, [rdi + rcx*8 + 256]
        inc     rax
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
