; stride_three_lines_512k - one load every three lines over 512 KiB, in order
;
; iterations: 10922
; data: 524288
; fill: zero
        global  snippet
snippet:
        xor     ecx, ecx
.iterate:
        add     rax, [rdi + rcx]
        add     ecx, 192
        and     ecx, 524287
        dec     rsi
        jnz     .iterate
.done:
        ret
