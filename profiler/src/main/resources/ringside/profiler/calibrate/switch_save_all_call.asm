; switch_save_all_call - context switch: push six, swap stacks through memory, pop six, return
;
; iterations: 10000
; data: 8192
; fill: zero
        global  snippet
snippet:
        lea     r8, [rdi + 4096]
        lea     rdx, [rel switch_stacks.back]
        mov     [r8 - 8], rdx
        lea     r9, [r8 - 56]
        mov     [rdi + 8], r9
.iterate:
        call    switch_stacks
        call    switch_stacks
        dec     rsi
        jnz     .iterate
.done:
        ret
switch_stacks:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi], rsp
        mov     rax, [rdi + 8]
        mov     rcx, [rdi]
        mov     [rdi + 8], rcx
        mov     rsp, rax
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
.back:
        call    switch_stacks
        jmp     .back
