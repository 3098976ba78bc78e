; RETFQ to a null selector is a #GP(0); to a level above its own or to data one with the selector.
;
; manual: SDM 2B RET
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x28 rip=+0x0
;   #GP error=0x8 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  far_return_checks_its_selector
far_return_checks_its_selector:
        xor     ebx, ebx
        call    .go
        mov     ebx, KERNEL_DATA
        call    .go
; level 3's code with RPL 0
        mov     ebx, USER_CODE & ~3
        call    .go
        TRY     .user
        ENTER_USER FLAG_1
        push    KERNEL_CODE
        push    .user
        SPOT
        retfq
        CAUGHT  .user
        ret
.go:
        TRY     .caught
        push    rbx
        push    .there
        SPOT
        retfq
.there:
        CAUGHT  .caught
        ret
