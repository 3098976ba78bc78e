; hash_fnv_32_loop - FNV-1a of 32 bytes in a loop
;
; iterations: 2000
; data: 4096
; fill: random
        global  snippet
snippet:
        mov     r8, 0x100000001b3
        mov     r9, 0xcbf29ce484222325
.iterate:
        mov     rax, r9
        xor     edx, edx
.byte:
        movzx   ecx, byte [rdi + rdx]
        xor     rax, rcx
        imul    rax, r8
        inc     edx
        cmp     edx, 32
        jb      .byte
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
