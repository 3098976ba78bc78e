; chain_adc - eight dependent adc
;
; iterations: 30000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        mov     ecx, 7
.iterate:
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        adc     rax, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
