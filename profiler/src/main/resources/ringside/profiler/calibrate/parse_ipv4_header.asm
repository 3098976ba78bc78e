; parse_ipv4_header - check a header of 20 bytes: version, length, checksum, take addresses
;
; iterations: 8000
; data: 4096
; fill: random
        global  snippet
snippet:
        mov     byte [rdi], 0x45
.iterate:
        movzx   eax, byte [rdi]
        mov     ecx, eax
        shr     ecx, 4
        cmp     ecx, 4
        jne     .bad
        and     eax, 15
        cmp     eax, 5
        jb      .bad
        mov     edx, [rdi]
        mov     r8d, [rdi + 4]
        add     rdx, r8
        mov     r8d, [rdi + 8]
        add     rdx, r8
        mov     r8d, [rdi + 12]
        add     rdx, r8
        mov     r8d, [rdi + 16]
        add     rdx, r8
        mov     rcx, rdx
        shr     rcx, 32
        add     edx, ecx
        adc     edx, 0
        mov     ecx, edx
        shr     ecx, 16
        add     dx, cx
        adc     edx, 0
        not     edx
        mov     [rdi + 64], dx
        mov     eax, [rdi + 12]
        bswap   eax
        mov     [rdi + 68], eax
.bad:
        dec     rsi
        jnz     .iterate
.done:
        ret
