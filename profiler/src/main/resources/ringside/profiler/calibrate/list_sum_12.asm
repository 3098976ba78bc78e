; list_sum_12 - add up the payloads of a list of 12 nodes
;
; iterations: 8000
; data: 768
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     rax, rdi
        xor     ecx, ecx
.node:
        add     rcx, [rax + 16]
        mov     rax, [rax]
        cmp     rax, rdi
        jne     .node
        add     r8, rcx
        dec     rsi
        jnz     .iterate
.done:
        ret
