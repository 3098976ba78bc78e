; INT n pushes the RIP behind it and no error code, also for a vector whose exception has one.
;
; manual: SDM 2A INT n; 3A 6.4.2
; expect:
;   vector=0xd
;   error=0xffffffffffffffff
;   rip=0x2

%include "runtime/conformance.inc"

        section .text
global  software_interrupt_returns_behind_itself
software_interrupt_returns_behind_itself:
        mov     byte [idt + VECTOR_GP * 16 + 5], 0xee
        HANDLE  VECTOR_GP, .handler
        TRY     .left
        ENTER_USER FLAG_1
.call:
        int     VECTOR_GP
        LEAVE
        CAUGHT  .left
        ret
.handler:
        FACT    "vector", qword [rdi + FRAME_VECTOR]
        FACT    "error", qword [rdi + FRAME_ERROR]
        mov     rcx, [rdi + FRAME_RIP]
        sub     rcx, .call + USER_BASE
        FACT    "rip", rcx
        ret
