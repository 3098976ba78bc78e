; call_indirect_alternating - call through a pointer, two routines in turn
;
; iterations: 50000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
        lea     r8, [rel snippet_one]
        lea     r9, [rel snippet_two]
.iterate:
        call    r8
        xchg    r8, r9
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_one:
        add     rax, 3
        ret
snippet_two:
        add     rax, 5
        ret
