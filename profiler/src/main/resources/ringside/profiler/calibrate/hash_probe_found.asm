; hash_probe_found - open addressing: find a key at its first slot
;
; iterations: 40000
; data: 65536
; fill: count
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     eax, esi
        and     eax, 1023
        mov     edx, eax
        imul    edx, edx, 0x9e3779b1
        shr     edx, 20
        and     edx, 1023
.slot:
        mov     ecx, [rdi + rdx*4]
        cmp     ecx, edx
        je      .found
        inc     edx
        and     edx, 1023
        jmp     .slot
.found:
        add     r8d, ecx
        dec     rsi
        jnz     .iterate
.done:
        ret
