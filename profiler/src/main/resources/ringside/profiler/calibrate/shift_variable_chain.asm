; shift_variable_chain - a chain of shifts by CL, rotate and double shift
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
        mov     rax, 0x123456789abcdef
.iterate:
        mov     ecx, esi
        and     ecx, 31
        rol     rax, cl
        shld    rdx, rax, 8
        xor     rax, rdx
        shr     rdx, cl
        add     rax, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
