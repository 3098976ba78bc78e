; hash_fnv_8 - FNV-1a of 8 bytes
;
; iterations: 9000
; data: 4096
; fill: random
; pair: hash_8
        global  snippet
snippet:
        mov     r8, 0x100000001b3
        mov     r9, 0xcbf29ce484222325
.iterate:
        mov     rax, r9
        movzx   ecx, byte [rdi + 0]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 1]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 2]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 3]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 4]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 5]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 6]
        xor     rax, rcx
        imul    rax, r8
        movzx   ecx, byte [rdi + 7]
        xor     rax, rcx
        imul    rax, r8
        mov     [rdi + 64], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
