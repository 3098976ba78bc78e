; A #NP for the gate of a benign exception (#UD, #BP) is delivered; EXT says that it was no instruction's own
; doing, and INT3 is one.
;
; manual: SDM 3A 6.13, 6.15, table 6-5
; qemu: differs, its error code counts 16 bytes a gate and has no EXT (SDM 3A 6.13)
; expect:
;   #NP error=0x33 rip=+0x0
;   #NP error=0x1a rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  contributory_fault_during_a_benign_one_is_delivered
contributory_fault_during_a_benign_one_is_delivered:
        mov     byte [idt + VECTOR_UD * 16 + 5], 0x0e
        CATCH   {ud2}
        mov     byte [idt + VECTOR_BP * 16 + 5], 0x6e
        CATCH   {int3}
        ret
