; call_indirect_random - call through a pointer, one of two routines at random
;
; iterations: 120000
; data: 256
; fill: random
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     r9, 6364136223846793005
        xor     edx, edx
        lea     r8, [rel snippet_one]
        lea     r11, [rel snippet_two]
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     r10, r8
        test    rax, rax
        cmovs   r10, r11
        call    r10
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi], rax
        ret
snippet_one:
        add     rdx, 3
        ret
snippet_two:
        add     rdx, 5
        ret
