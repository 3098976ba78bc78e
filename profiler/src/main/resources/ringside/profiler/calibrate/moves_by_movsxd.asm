; moves_by_movsxd - dependent adds with two sign extensions between them, which no renamer removes
;
; iterations: 8000
; data: 256
; fill: zero
; pair: move_elimination
        global  snippet
snippet:
.iterate:
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        add     rax, 1
        movsxd  rdx, eax
        movsxd  rax, edx
        dec     rsi
        jnz     .iterate
.done:
        ret
