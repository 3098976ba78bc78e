; IRETQ to CS null is a #GP(0); to data, to a level below its own or to an absent segment it is a #GP or #NP with
; the selector.
;
; manual: SDM 2A IRET
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x2c rip=+0x0
;   #NP error=0x58 rip=+0x0
;   #GP error=0x28 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  iretq_needs_a_code_selector
iretq_needs_a_code_selector:
        mov     rax, 0x00af_7b00_0000_ffff
        mov     [gdt + SPARE], rax
        mov     ebx, 0
        call    .go
        mov     ebx, KERNEL_DATA
        call    .go
        mov     ebx, USER_CODE | 4
        call    .go
        mov     ebx, SPARE | 3
        call    .go
; 64-bit code of level 3 at RPL 0
        mov     ebx, USER_CODE & ~3
.go:
        TRY     .caught
        push    USER_DATA
        push    user_stack_end + USER_BASE
        push    FLAG_1
        push    rbx
        push    .user + USER_BASE
        SPOT
        iretq
.user:
        CAUGHT  .caught
        ret
