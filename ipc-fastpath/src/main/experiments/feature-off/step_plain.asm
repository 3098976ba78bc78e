; The routine as it was before there was a feature.

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
        mov     rdi, rax
        ret
