; checksum_adc_64 - Internet checksum of 64 bytes by 8-byte adc
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
        add     rax, [rdi + 0]
        adc     rax, [rdi + 8]
        adc     rax, [rdi + 16]
        adc     rax, [rdi + 24]
        adc     rax, [rdi + 32]
        adc     rax, [rdi + 40]
        adc     rax, [rdi + 48]
        adc     rax, [rdi + 56]
        adc     rax, 0
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
