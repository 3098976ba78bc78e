; fence_dekker - flag, MFENCE, look at the other's flag, clear
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     dword [rdi], 1
        mfence
        mov     eax, [rdi + 64]
        test    eax, eax
        jnz     .out
        inc     qword [rdi + 128]
.out:
        mov     dword [rdi], 0
        dec     rsi
        jnz     .iterate
.done:
        ret
