; save_context_16 - store sixteen registers to a save area and load them back
;
; iterations: 8000
; data: 512
; fill: zero
        global  snippet
snippet:
        mov     [rdi + 256], rbx
        mov     [rdi + 264], rbp
.iterate:
        mov     [rdi], rax
        mov     [rdi + 8], rcx
        mov     [rdi + 16], rdx
        mov     [rdi + 24], rbx
        mov     [rdi + 32], rsp
        mov     [rdi + 40], rbp
        mov     [rdi + 48], rsi
        mov     [rdi + 64], r8
        mov     [rdi + 72], r9
        mov     [rdi + 80], r10
        mov     [rdi + 88], r11
        mov     [rdi + 96], r12
        mov     [rdi + 104], r13
        mov     [rdi + 112], r14
        mov     [rdi + 120], r15
        mov     r15, [rdi + 120]
        mov     r14, [rdi + 112]
        mov     r13, [rdi + 104]
        mov     r12, [rdi + 96]
        mov     r11, [rdi + 88]
        mov     r10, [rdi + 80]
        mov     r9, [rdi + 72]
        mov     r8, [rdi + 64]
        mov     rsi, [rdi + 48]
        mov     rbp, [rdi + 40]
        mov     rbx, [rdi + 24]
        mov     rdx, [rdi + 16]
        mov     rcx, [rdi + 8]
        mov     rax, [rdi]
        dec     rsi
        jnz     .iterate
.done:
        mov     rbx, [rdi + 256]
        mov     rbp, [rdi + 264]
        ret
