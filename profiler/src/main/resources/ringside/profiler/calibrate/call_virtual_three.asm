; call_virtual_three - call three operations of an object through its table
;
; iterations: 8000
; data: 512
; fill: zero
        global  snippet
snippet:
        lea     rax, [rel op_first]
        mov     [rdi + 64], rax
        lea     rax, [rel op_second]
        mov     [rdi + 72], rax
        lea     rax, [rel op_third]
        mov     [rdi + 80], rax
        lea     rax, [rdi + 64]
        mov     [rdi], rax
.iterate:
        mov     rax, [rdi]
        call    [rax]
        mov     rax, [rdi]
        call    [rax + 8]
        mov     rax, [rdi]
        call    [rax + 16]
        dec     rsi
        jnz     .iterate
.done:
        ret
op_first:
        add     r8, 1
        ret
op_second:
        xor     r9, rsi
        ret
op_third:
        add     r10, r8
        ret
