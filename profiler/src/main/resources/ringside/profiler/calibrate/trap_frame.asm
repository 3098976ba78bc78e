; trap_frame - build a trap frame of 20 words and take it down
;
; iterations: 14000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        push    16
        push    rsp
        push    2
        push    8
        push    0
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
        add     rsp, 40
        dec     rsi
        jnz     .iterate
.done:
        ret
