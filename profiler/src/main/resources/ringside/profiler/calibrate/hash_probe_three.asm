; hash_probe_three - open addressing: find a key at its third slot
;
; iterations: 20000
; data: 65536
; fill: count
        global  snippet
snippet:
.iterate:
        mov     edx, esi
        imul    edx, edx, 0x9e3779b1
        shr     edx, 19
        lea     eax, [rdx + 2]
.slot:
        cmp     [rdi + rdx*4], eax
        je      .found
        inc     edx
        jmp     .slot
.found:
        dec     rsi
        jnz     .iterate
.done:
        ret
