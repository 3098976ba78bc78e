; Switches that no kernel sees.

%include "stand/stand.inc"
%include "spaces.inc"

EPT_SWITCH      equ     0                       ; the VM function

section .text

; -----------------------------------------------------------------------------
; switch_there - let the server read a word
;
;   in        r14 = VIEW
;   out       rax = the word
;   clobbers  rcx, flags
;   needs     level 3
;   probe     none
; -----------------------------------------------------------------------------
global  switch_there
switch_there:
        mov     ecx, 1
        mov     eax, EPT_SWITCH
        vmfunc
        mov     rdx, [r14]
        xor     ecx, ecx
        mov     eax, EPT_SWITCH
        vmfunc
        mov     rax, rdx
        ret

; -----------------------------------------------------------------------------
; switch_entry - where SYSCALL goes: nothing but the end is asked for
;
;   entered by  SYSCALL
;   in        nothing
;   out       goes on at switch_end
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  switch_entry
switch_entry:
        jmp     switch_end
