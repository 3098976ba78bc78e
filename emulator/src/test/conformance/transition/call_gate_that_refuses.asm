; A call gate below the caller's level is a #GP with the gate's selector, an absent one a #NP, one to data a #GP
; with the data's selector.
;
; manual: SDM 2A CALL; 3A 5.8.4
; expect:
;   #GP error=0x58 rip=+0x0 cpl=0x3
;   #NP error=0x58 rip=+0x0 cpl=0x3
;   #GP error=0x10 rip=+0x0 cpl=0x3
;   #GP error=0x30 rip=+0x0 cpl=0x3
;   #GP error=0x58 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  call_gate_that_refuses
call_gate_that_refuses:
        mov     word [rel scratch + 4], SPARE | 3
        mov     ebx, scratch + USER_BASE
        CALL_GATE SPARE, KERNEL_CODE, .entry, 0x8c
        CATCH_USER {db 0xff, 0x1b}
        CALL_GATE SPARE, KERNEL_CODE, .entry, 0x6c
        CATCH_USER {db 0xff, 0x1b}
        CALL_GATE SPARE, KERNEL_DATA, .entry, 0xec
        CATCH_USER {db 0xff, 0x1b}
; 32-bit code, which a 64-bit gate does not lead to
        CALL_GATE SPARE, KERNEL_CODE32, .entry, 0xec
        CATCH_USER {db 0xff, 0x1b}
; the upper half's type has to be 0
        CALL_GATE SPARE, KERNEL_CODE, .entry, 0xec
        mov     byte [gdt + SPARE + 13], 0x1f
        CATCH_USER {db 0xff, 0x1b}
        ret
.entry:
        ud2
        ret
