; save_push_6 - save and restore six registers by push and pop
;
; iterations: 50000
; data: 256
; fill: zero
; pair: save_6
        global  snippet
snippet:
.iterate:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        dec     rsi
        jnz     .iterate
.done:
        ret
