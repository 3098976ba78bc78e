; Without CR4.FSGSBASE the four instructions are a #UD, and with it a base that is not canonical is a #GP(0).
;
; manual: SDM 2B RDFSBASE; 2D WRFSBASE
; qemu: differs, TCG takes any base (SDM 2D WRFSBASE)
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  base_instructions_need_their_enable_bit
base_instructions_need_their_enable_bit:
        NEED    7, 0, ebx, 0, "FSGSBASE"
        CATCH   {rdfsbase rax}
        CATCH_USER {wrgsbase rax}
        SET_CR  cr4, CR4_FSGSBASE
        mov     rax, 1 << 62
        CATCH   {wrfsbase rax}
        ret
