; call_args_on_stack - call with six saved registers and two arguments on the stack
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        push    rsi
        push    5
        call    callee_with_frame
        add     rsp, 16
        dec     rsi
        jnz     .iterate
.done:
        ret
callee_with_frame:
        push    rbp
        mov     rbp, rsp
        push    rbx
        mov     rbx, [rbp + 16]
        add     rbx, [rbp + 24]
        add     rax, rbx
        pop     rbx
        pop     rbp
        ret
