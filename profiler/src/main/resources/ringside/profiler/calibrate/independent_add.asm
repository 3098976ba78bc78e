; independent_add - sixteen adds to four registers
;
; iterations: 60000
; data: 256
; fill: zero
; pair: add_order
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        add     rax, 1
        add     rcx, 1
        add     rdx, 1
        add     r8, 1
        add     rax, 1
        add     rcx, 1
        add     rdx, 1
        add     r8, 1
        add     rax, 1
        add     rcx, 1
        add     rdx, 1
        add     r8, 1
        add     rax, 1
        add     rcx, 1
        add     rdx, 1
        add     r8, 1
        dec     rsi
        jnz     .iterate
.done:
        ret
