; call_recursive_6 - recursion six deep
;
; iterations: 8000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     ecx, 6
        call    recurse
        dec     rsi
        jnz     .iterate
.done:
        ret
recurse:
        dec     ecx
        jz      .leaf
        push    rcx
        call    recurse
        pop     rcx
.leaf:
        add     rax, rcx
        ret
