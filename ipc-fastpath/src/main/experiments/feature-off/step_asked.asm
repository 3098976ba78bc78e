; The routine with a feature and a flag, which nobody sets.

section .text

; -----------------------------------------------------------------------------
; step - one more
;
;   in        rdi = number
;   out       rdi = the next one
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  step
step:
        lea     rax, [rdi + 1]
        cmp     byte [rel feature], 0
        jne     .feature
.done:
        mov     rdi, rax
        ret
.feature:
        inc     qword [rel steps]
        jmp     .done

section .bss
align 8
steps:
        resb    8
feature:
        resb    1
