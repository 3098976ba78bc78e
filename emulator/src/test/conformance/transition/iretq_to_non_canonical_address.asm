; IRETQ to an RIP that is not canonical is a #GP(0) at the IRETQ when it stays at its level.
;
; manual: SDM 2A IRET
; qemu: differs, TCG faults at the target (SDM 2A IRET)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  iretq_to_non_canonical_address
iretq_to_non_canonical_address:
        TRY     .caught
        push    KERNEL_DATA
        push    rsp
        push    FLAG_1
        push    KERNEL_CODE
        mov     rax, 1 << 63
        push    rax
        SPOT
        iretq
        CAUGHT  .caught
        ret
