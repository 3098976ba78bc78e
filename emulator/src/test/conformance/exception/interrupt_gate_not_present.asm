; INT n through a gate that is not present is a #NP with the vector and IDT; one of a type that is no gate is a
; #GP.
;
; manual: SDM 2A INT n; 3A 6.13
; qemu: differs, its error code counts 16 bytes a gate (SDM 3A 6.13)
; expect:
;   #NP error=0x202 rip=+0x0
;   #GP error=0x202 rip=+0x0
;   #GP error=0x202 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  interrupt_gate_not_present
interrupt_gate_not_present:
        mov     byte [idt + 0x40 * 16 + 5], 0x0e
        CATCH   {int 0x40}
; a call gate, and a task gate, which 64-bit mode does not have
        mov     byte [idt + 0x40 * 16 + 5], 0x8c
        CATCH   {int 0x40}
        mov     byte [idt + 0x40 * 16 + 5], 0x85
        CATCH   {int 0x40}
        ret
