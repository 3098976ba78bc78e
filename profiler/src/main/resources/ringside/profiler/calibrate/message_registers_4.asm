; message_registers_4 - a message of four words: registers to memory, memory to other registers
;
; iterations: 40000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     [rdi], rsi
        mov     [rdi + 8], rsi
        mov     [rdi + 16], rsi
        mov     [rdi + 24], rsi
        mov     rax, [rdi]
        mov     rcx, [rdi + 8]
        mov     rdx, [rdi + 16]
        mov     r8, [rdi + 24]
        dec     rsi
        jnz     .iterate
.done:
        ret
