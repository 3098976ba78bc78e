; ipc_checks - a chain of checks as at the head of a fast path, none fails
;
; iterations: 20000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        test    rax, rax
        jnz     .slow
        mov     eax, [rdi + 64]
        cmp     eax, 3
        ja      .slow
        mov     rdx, [rdi + 128]
        cmp     rdx, rsi
        ja      .slow
        movzx   ecx, byte [rdi + 192]
        test    cl, 0x0f
        jnz     .slow
        mov     r8, [rdi + 256]
        bt      r8, 5
        jc      .slow
        inc     dword [rdi + 320]
.slow:
        dec     rsi
        jnz     .iterate
.done:
        ret
