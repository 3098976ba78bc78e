; string_length_swar - length of a string of 63 letters, eight bytes at a time
;
; iterations: 9000
; data: 4096
; fill: text
        global  snippet
snippet:
        mov     r8, 0x0101010101010101
        mov     r9, 0x8080808080808080
.iterate:
        xor     ecx, ecx
.word:
        mov     rax, [rdi + rcx]
        mov     rdx, rax
        sub     rax, r8
        not     rdx
        and     rax, rdx
        add     ecx, 8
        and     rax, r9
        jz      .word
        bsf     rax, rax
        shr     eax, 3
        lea     eax, [rcx + rax - 8]
        add     r10d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
