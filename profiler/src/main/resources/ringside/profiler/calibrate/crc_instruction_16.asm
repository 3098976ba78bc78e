; crc_instruction_16 - CRC of 16 bytes by crc32
;
; iterations: 40000
; data: 4096
; fill: random
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     eax, -1
        crc32   rax, qword [rdi]
        crc32   rax, qword [rdi + 8]
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
