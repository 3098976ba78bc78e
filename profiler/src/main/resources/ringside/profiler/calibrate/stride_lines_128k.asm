; stride_lines_128k - one load a line over 128 KiB, in order
;
; iterations: 8192
; data: 131072
; fill: zero
        global  snippet
snippet:
        xor     ecx, ecx
.iterate:
        add     rax, [rdi + rcx]
        add     ecx, 64
        and     ecx, 131071
        dec     rsi
        jnz     .iterate
.done:
        ret
