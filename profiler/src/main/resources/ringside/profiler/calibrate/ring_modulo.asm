; ring_modulo - SPSC ring of 200 words: put one, take one, index by division
;
; iterations: 14000
; data: 4096
; fill: zero
; pair: ring_index
        global  snippet
snippet:
        mov     r9d, 200
.iterate:
        mov     rax, [rdi]              ; head, the producer's
        mov     rdx, rax
        sub     rdx, [rdi + 64]         ; tail, the consumer's
        cmp     rdx, 200
        jae     .full
        xor     edx, edx
        div     r9
        mov     rcx, rdx
        mov     [rdi + rcx*8 + 128], rsi
        inc     qword [rdi]
.full:
        mov     rax, [rdi + 64]
        cmp     rax, [rdi]
        je      .empty
        xor     edx, edx
        div     r9
        mov     rcx, rdx
        mov     r8, [rdi + rcx*8 + 128]
        inc     qword [rdi + 64]
.empty:
        dec     rsi
        jnz     .iterate
.done:
        ret
