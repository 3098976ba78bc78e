; save_moves_6 - save and restore six registers by moves to a frame
;
; iterations: 50000
; data: 256
; fill: zero
; pair: save_6
        global  snippet
snippet:
.iterate:
        sub     rsp, 48
        mov     [rsp + 0], rbx
        mov     [rsp + 8], rbp
        mov     [rsp + 16], r12
        mov     [rsp + 24], r13
        mov     [rsp + 32], r14
        mov     [rsp + 40], r15
        mov     rbx, [rsp + 0]
        mov     rbp, [rsp + 8]
        mov     r12, [rsp + 16]
        mov     r13, [rsp + 24]
        mov     r14, [rsp + 32]
        mov     r15, [rsp + 40]
        add     rsp, 48
        dec     rsi
        jnz     .iterate
.done:
        ret
