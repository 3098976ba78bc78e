; Switches by the least kernel: it writes CR3 and returns to the other side.

%include "stand/stand.inc"
%include "spaces.inc"

SPACE_CLIENT    equ     0                       ; identifiers of translations
SPACE_SERVER    equ     1

section .text

; -----------------------------------------------------------------------------
; switch_there - let the server read a word
;
;   in        r14 = VIEW
;   out       rax = the word
;   clobbers  rcx, rdx, r11, flags
;   needs     level 3
;   probe     none
; -----------------------------------------------------------------------------
global  switch_there
switch_there:
        mov     eax, SWITCH_THERE
        syscall
        mov     rax, rdx
        ret
server:
        mov     rdx, [r14]
        mov     eax, SWITCH_BACK
        syscall

; -----------------------------------------------------------------------------
; switch_entry - where SYSCALL goes
;
;   entered by  SYSCALL
;   in        eax = which way, rcx = rip, r11 = flags
;   out       at level 3, on the other side
;   clobbers  rax
;   needs     r15 is the kernel's: where the client goes on
;   probe     none
; -----------------------------------------------------------------------------
global  switch_entry
switch_entry:
        cmp     eax, SWITCH_BACK
        je      .back
        ja      switch_end
        mov     r15, rcx
        lea     rax, [rel server_root + SPACE_SERVER]
        bts     rax, CR3_KEEP_BIT
        mov     cr3, rax
        lea     rcx, [rel server]
        sysretq
.back:
        lea     rax, [rel stand_root + SPACE_CLIENT]
        bts     rax, CR3_KEEP_BIT
        mov     cr3, rax
        mov     rcx, r15
        sysretq
