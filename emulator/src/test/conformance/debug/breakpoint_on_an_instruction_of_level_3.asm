; Instruction breakpoints work by linear address, at every level.
;
; manual: SDM 3B 17.3.1.1
; expect:
;   #DB rip=+0x1 dr6=0x8 cpl=0x3

%include "runtime/conformance.inc"

DR7_G3          equ     0x480

        section .text
global  breakpoint_on_an_instruction_of_level_3
breakpoint_on_an_instruction_of_level_3:
        mov     eax, .here + USER_BASE
        mov     dr3, rax
        mov     eax, DR7_G3
        mov     dr7, rax
        TRY     .caught
        ENTER_USER FLAG_1
        nop
.here:
        nop
        CAUGHT  .caught
        xor     ecx, ecx
        mov     dr7, rcx
        ret
