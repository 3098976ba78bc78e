; The routine with a feature that the assembler leaves out where FEATURE is 0.

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
%if FEATURE
        inc     qword [rel steps]
%endif
        mov     rdi, rax
        ret

%if FEATURE
section .bss
align 8
steps:
        resb    8
%endif
