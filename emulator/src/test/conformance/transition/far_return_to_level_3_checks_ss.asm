; RETFQ to level 3 takes SS and RSP from its stack, and a wrong SS is a #GP with its selector.
;
; manual: SDM 2B RET
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   no exception

%include "runtime/conformance.inc"

        section .text
global  far_return_to_level_3_checks_ss
far_return_to_level_3_checks_ss:
        xor     ebx, ebx
        call    .go
        mov     ebx, KERNEL_DATA
        call    .go
        mov     ebx, USER_DATA
.go:
        TRY     .caught
        push    rbx
        push    user_stack_end + USER_BASE
        push    USER_CODE
        push    .user + USER_BASE
        SPOT
        retfq
.user:
        CAUGHT  .caught
        ret
