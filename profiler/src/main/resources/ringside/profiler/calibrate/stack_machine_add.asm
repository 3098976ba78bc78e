; stack_machine_add - a stack of words in memory: push two, add, pop
;
; iterations: 12000
; data: 512
; fill: zero
        global  snippet
snippet:
        lea     rdx, [rdi + 256]
.iterate:
        sub     rdx, 8
        mov     [rdx], rsi
        sub     rdx, 8
        mov     qword [rdx], 7
        mov     rax, [rdx]
        add     rdx, 8
        add     [rdx], rax
        mov     rcx, [rdx]
        add     rdx, 8
        add     r8, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
