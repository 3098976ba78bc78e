; bit_field_decode - take a descriptor of five fields apart
;
; iterations: 30000
; data: 256
; fill: random
        global  snippet
snippet:
        xor     r10d, r10d
.iterate:
        mov     rax, [rdi]
        xor     rax, rsi
        mov     ecx, eax
        and     ecx, 0xffff
        mov     rdx, rax
        shr     rdx, 16
        and     edx, 0xffffff
        mov     r8, rax
        shr     r8, 40
        and     r8d, 15
        mov     r9, rax
        shr     r9, 44
        and     r9d, 3
        shr     rax, 56
        shl     rax, 24
        or      rdx, rax
        add     r10, rdx
        add     r10, rcx
        add     r10, r8
        add     r10, r9
        dec     rsi
        jnz     .iterate
.done:
        ret
