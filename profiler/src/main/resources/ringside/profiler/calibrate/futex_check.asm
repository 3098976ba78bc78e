; futex_check - futex word: read, compare, leave to sleep only if unchanged
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, [rdi]
        cmp     eax, 0
        jne     .sleep
        mov     edx, [rdi + 4]
        test    edx, edx
        jnz     .sleep
        inc     dword [rdi + 64]
.sleep:
        dec     rsi
        jnz     .iterate
.done:
        ret
