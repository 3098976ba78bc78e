; hash_linear_probe - open addressing by multiplication, up to three probes of 1024 entries
;
; iterations: 25000
; data: 8192
; fill: random
        global  snippet
snippet:
        mov     r10, 0x9e3779b97f4a7c15
.iterate:
        mov     rax, rsi
        imul    rax, r10
        shr     rax, 54
        mov     ecx, 3
.probe:
        mov     rdx, [rdi + rax*8]
        test    dl, 3
        jz      .hit
        inc     eax
        and     eax, 1023
        dec     ecx
        jnz     .probe
.hit:
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
