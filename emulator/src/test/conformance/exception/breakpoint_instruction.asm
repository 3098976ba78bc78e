; INT3 is a trap: RIP is behind it. At level 3 its gate has to be open to level 3; if not, it is a #GP with the
; vector and IDT as its error code.
;
; manual: SDM 2A INT n; 3A 6.12.1.2, 6.15 (interrupt 3)
; qemu: differs, its error code counts 16 bytes a gate: vector * 16 + 2 (SDM 3A 6.13 has the vector in bits 3
;   and up)
; expect:
;   #BP rip=+0x1
;   #BP rip=+0x1 cpl=0x3
;   #GP error=0x1a rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  breakpoint_instruction
breakpoint_instruction:
        CATCH   {int3}
        CATCH_USER {int3}
        mov     byte [idt + VECTOR_BP * 16 + 5], 0x8e
        CATCH_USER {int3}
        ret
