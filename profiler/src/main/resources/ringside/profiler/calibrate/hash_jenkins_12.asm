; hash_jenkins_12 - one-at-a-time hash of 12 bytes
;
; iterations: 5000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        xor     eax, eax
        xor     ecx, ecx
.byte:
        movzx   edx, byte [rdi + rcx]
        add     eax, edx
        mov     edx, eax
        shl     edx, 10
        add     eax, edx
        mov     edx, eax
        shr     edx, 6
        xor     eax, edx
        inc     ecx
        cmp     ecx, 12
        jb      .byte
        lea     eax, [rax + rax*8]
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
