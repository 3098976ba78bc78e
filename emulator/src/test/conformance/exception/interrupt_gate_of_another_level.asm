; INT n at level 3 through a gate of level 0 is a #GP with the vector and IDT; beyond the IDT's limit it is one at
; any level.
;
; manual: SDM 3A 6.12.1.2, 6.13
; qemu: differs, its error code counts 16 bytes a gate (SDM 3A 6.13)
; expect:
;   #GP error=0x202 rip=+0x0 cpl=0x3
;   #GP error=0x40a rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  interrupt_gate_of_another_level
interrupt_gate_of_another_level:
        CATCH_USER {int 0x40}
        mov     word [rel scratch], 0x81 * 16 - 1
        mov     qword [rel scratch + 2], idt
        TRY     .limit
        lidt    [rel scratch]
        SPOT
        db      0xcd, 0x81
        CAUGHT  .limit
        lidt    [idt_pointer]
        ret
