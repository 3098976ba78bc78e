; hash_murmur_mix_3 - MurmurHash3 over three words with its finish
;
; iterations: 12000
; data: 256
; fill: random
        global  snippet
snippet:
.iterate:
        mov     eax, esi
%rep 3, k
        mov     ecx, [rdi + %k*4]
        imul    ecx, ecx, 0xcc9e2d51
        rol     ecx, 15
        imul    ecx, ecx, 0x1b873593
        xor     eax, ecx
        rol     eax, 13
        lea     eax, [rax + rax*4 + 0x6546b64]
%endrep
        mov     ecx, eax
        shr     ecx, 16
        xor     eax, ecx
        imul    eax, eax, 0x85ebca6b
        mov     ecx, eax
        shr     ecx, 13
        xor     eax, ecx
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
