; UD2, UD1, opcodes that 64-bit mode took away and reserved forms are a #UD at the instruction.
;
; manual: SDM 2B UD; 2A 2.2.1.2; 3A 6.15 (interrupt 6)
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0 cpl=0x3
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  invalid_opcode
invalid_opcode:
        CATCH   {ud2}
        CATCH_USER {ud2}
        CATCH   {db 0x0f, 0xb9, 0xc0}
; push es, aaa, pushad, les
        CATCH   {db 0x06}
        CATCH   {db 0x37}
        CATCH   {db 0x60}
        CATCH   {db 0xc4, 0x00}
; mov cs, eax
        CATCH   {db 0x8e, 0xc8}
        ret
