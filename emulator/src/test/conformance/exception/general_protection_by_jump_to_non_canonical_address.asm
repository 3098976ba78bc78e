; A jump, call or return to an address that is not canonical is a #GP at the instruction itself, with RSP as
; before.
;
; manual: SDM 2A CALL, JMP; 2B RET
; qemu: differs, TCG faults at the target (SDM 2A JMP)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   pushed=0x0
;   #GP error=0x0 rip=+0x0
;   popped=0x0

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_jump_to_non_canonical_address
general_protection_by_jump_to_non_canonical_address:
        mov     rbx, 0x8000_0000_0000
        CATCH   {jmp rbx}
        mov     rcx, rsp
        CATCH   {call rbx}
        sub     rcx, [rel last_rsp]
        FACT    "pushed", rcx
        TRY     .return
        push    rbx
        mov     rcx, rsp
        SPOT
        ret
        CAUGHT  .return
        sub     rcx, [rel last_rsp]
        FACT    "popped", rcx
        ret
