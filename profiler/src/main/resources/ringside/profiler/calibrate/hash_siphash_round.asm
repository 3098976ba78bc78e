; hash_siphash_round - two rounds of SipHash a word
;
; iterations: 10000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     rcx, [rdi + 8]
        mov     rdx, [rdi + 16]
        mov     r8, [rdi + 24]
.iterate:
        xor     r8, rsi
%rep 2
        add     rax, rcx
        rol     rcx, 13
        xor     rcx, rax
        rol     rax, 32
        add     rdx, r8
        rol     r8, 16
        xor     r8, rdx
        add     rax, r8
        rol     r8, 21
        xor     r8, rax
        add     rdx, rcx
        rol     rcx, 17
        xor     rcx, rdx
        rol     rdx, 32
%endrep
        xor     rax, rsi
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi + 32], rax
        mov     [rdi + 40], rcx
        ret
