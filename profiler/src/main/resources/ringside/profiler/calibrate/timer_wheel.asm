; timer_wheel - put a timer into one of 64 slots and take it out
;
; iterations: 14000
; data: 8192
; fill: list 64
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        imul    eax, eax, 7
        and     eax, 31
        shl     eax, 6
        lea     rdx, [rdi + rax]        ; the slot's head
        lea     r8, [rdi + 8128]        ; the timer
        mov     rax, [rdx]
        mov     [r8], rax
        mov     [r8 + 8], rdx
        mov     [rax + 8], r8
        mov     [rdx], r8
        mov     rax, [r8]
        mov     [rdx], rax
        mov     [rax + 8], rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
