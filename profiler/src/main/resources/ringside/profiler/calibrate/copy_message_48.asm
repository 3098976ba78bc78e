; copy_message_48 - copy a message of 48 bytes by three SSE moves, then read its first word
;
; iterations: 15000
; data: 4096
; fill: random
        global  snippet
snippet:
.iterate:
        movups  xmm0, [rdi + 512]
        movups  xmm1, [rdi + 528]
        movups  xmm2, [rdi + 544]
        movups  [rdi], xmm0
        movups  [rdi + 16], xmm1
        movups  [rdi + 32], xmm2
        mov     rax, [rdi]
        add     r8, rax
        dec     rsi
        jnz     .iterate
.done:
        ret
