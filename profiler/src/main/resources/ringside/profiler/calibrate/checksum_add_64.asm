; checksum_add_64 - Internet checksum of 64 bytes by 4-byte words in 64-bit sums
;
; iterations: 18000
; data: 4096
; fill: random
; pair: checksum
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        xor     eax, eax
        mov     edx, [rdi + 0]
        add     rax, rdx
        mov     edx, [rdi + 4]
        add     rax, rdx
        mov     edx, [rdi + 8]
        add     rax, rdx
        mov     edx, [rdi + 12]
        add     rax, rdx
        mov     edx, [rdi + 16]
        add     rax, rdx
        mov     edx, [rdi + 20]
        add     rax, rdx
        mov     edx, [rdi + 24]
        add     rax, rdx
        mov     edx, [rdi + 28]
        add     rax, rdx
        mov     edx, [rdi + 32]
        add     rax, rdx
        mov     edx, [rdi + 36]
        add     rax, rdx
        mov     edx, [rdi + 40]
        add     rax, rdx
        mov     edx, [rdi + 44]
        add     rax, rdx
        mov     edx, [rdi + 48]
        add     rax, rdx
        mov     edx, [rdi + 52]
        add     rax, rdx
        mov     edx, [rdi + 56]
        add     rax, rdx
        mov     edx, [rdi + 60]
        add     rax, rdx
        mov     rdx, rax
        shr     rdx, 32
        add     eax, edx
        adc     eax, 0
        mov     edx, eax
        shr     edx, 16
        add     ax, dx
        adc     ax, 0
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
