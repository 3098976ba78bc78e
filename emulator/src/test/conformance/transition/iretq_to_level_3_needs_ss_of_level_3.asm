; IRETQ to level 3 checks SS: null is a #GP(0), a wrong level or code one with the selector, and an absent segment
; a #NP.
;
; manual: SDM 2A IRET
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x28 rip=+0x0
;   #NP error=0x58 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  iretq_to_level_3_needs_ss_of_level_3
iretq_to_level_3_needs_ss_of_level_3:
        mov     rax, 0x00cf_7300_0000_ffff
        mov     [gdt + SPARE], rax
        mov     ebx, 0
        call    .go
        mov     ebx, KERNEL_DATA
        call    .go
        mov     ebx, USER_CODE
        call    .go
        mov     ebx, SPARE | 3
.go:
        TRY     .caught
        push    rbx
        push    user_stack_end + USER_BASE
        push    FLAG_1
        push    USER_CODE
        push    .user + USER_BASE
        SPOT
        iretq
.user:
        CAUGHT  .caught
        ret
