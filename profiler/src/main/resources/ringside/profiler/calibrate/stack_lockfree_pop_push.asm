; stack_lockfree_pop_push - Treiber stack: pop and push a node by CMPXCHG
;
; iterations: 10000
; data: 4096
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
.pop:
        mov     rcx, [rax]
        lock cmpxchg [rdi], rcx
        jnz     .pop
        mov     rdx, rax
        mov     rax, [rdi]
.push:
        mov     [rdx], rax
        lock cmpxchg [rdi], rdx
        jnz     .push
        dec     rsi
        jnz     .iterate
.done:
        ret
