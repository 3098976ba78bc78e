; parse_tlv - walk a record of type, length and value; eight fields
;
; iterations: 6000
; data: 4096
; fill: zero
        global  snippet
snippet:
        mov     rcx, rdi
        mov     eax, 8
.make:
        mov     byte [rcx], al
        mov     byte [rcx + 1], 6
        mov     [rcx + 2], eax
        add     rcx, 8
        dec     eax
        jnz     .make
.iterate:
        xor     ecx, ecx
.field:
        movzx   eax, byte [rdi + rcx]
        movzx   edx, byte [rdi + rcx + 1]
        cmp     al, 5
        jne     .skip
        add     r8d, [rdi + rcx + 2]
.skip:
        lea     ecx, [rcx + rdx + 2]
        cmp     ecx, 64
        jb      .field
        dec     rsi
        jnz     .iterate
.done:
        ret
