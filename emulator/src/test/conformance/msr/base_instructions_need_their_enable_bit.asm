; Without CR4.FSGSBASE the four instructions are a #UD at every level.
;
; manual: SDM 2B RDFSBASE; 2D WRFSBASE
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0 cpl=0x3
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  base_instructions_need_their_enable_bit
base_instructions_need_their_enable_bit:
        NEED    7, 0, ebx, 0, "FSGSBASE"
        CATCH   {rdfsbase rax}
        CATCH_USER {wrgsbase rax}
        CATCH   {rdgsbase ecx}
        ret
