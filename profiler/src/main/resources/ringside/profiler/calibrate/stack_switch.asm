; stack_switch - switch between two stacks with six registers each, as threads do
;
; iterations: 12000
; data: 32768
; fill: zero
        global  snippet
snippet:
        ; The other stack holds a frame that returns into the second half of the pair.
        lea     rdx, [rdi + 32768]
        lea     rax, [rel snippet_other]
        mov     [rdx - 8], rax
        lea     rax, [rdx - 56]
        mov     [rdi], rax              ; the stack that waits
.iterate:
        call    snippet_switch
        call    snippet_switch
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_other:
        call    snippet_switch
        jmp     snippet_other
snippet_switch:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rax, rsp
        mov     rsp, [rdi]
        mov     [rdi], rax
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
