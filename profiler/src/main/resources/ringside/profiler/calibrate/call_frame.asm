; call_frame - a routine with a frame: push rbp, mov, sub, leave
;
; iterations: 40000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        call    snippet_framed
        dec     rsi
        jnz     .iterate
.done:
        ret
snippet_framed:
        push    rbp
        mov     rbp, rsp
        sub     rsp, 32
        mov     [rbp - 8], rsi
        mov     rax, [rbp - 8]
        leave
        ret
