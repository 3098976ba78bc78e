; save_push_15 - save and restore fifteen registers by push and pop
;
; iterations: 22000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        push    rax
        push    rbx
        push    rcx
        push    rdx
        push    rbp
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rdx
        pop     rcx
        pop     rbx
        pop     rax
        dec     rsi
        jnz     .iterate
.done:
        ret
