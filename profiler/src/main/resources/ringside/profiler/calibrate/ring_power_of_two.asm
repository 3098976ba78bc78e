; ring_power_of_two - SPSC ring of 256 words: put one, take one, index by mask
;
; iterations: 25000
; data: 4096
; fill: zero
; pair: ring_index
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]              ; head, the producer's
        mov     rdx, rax
        sub     rdx, [rdi + 64]         ; tail, the consumer's
        cmp     rdx, 200
        jae     .full
        mov     rcx, rax
        and     ecx, 255
        mov     [rdi + rcx*8 + 128], rsi
        inc     qword [rdi]
.full:
        mov     rax, [rdi + 64]
        cmp     rax, [rdi]
        je      .empty
        mov     rcx, rax
        and     ecx, 255
        mov     r8, [rdi + rcx*8 + 128]
        inc     qword [rdi + 64]
.empty:
        dec     rsi
        jnz     .iterate
.done:
        ret
