; A CR3 with bits beyond MAXPHYADDR is a #GP(0).
;
; manual: SDM 2B MOV (control registers)
; qemu: hangs, TCG takes any CR3 (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  cr3_refuses_bits_beyond_the_physical_address
cr3_refuses_bits_beyond_the_physical_address:
        mov     rax, cr3
        bts     rax, 52
        CATCH   {mov cr3, rax}
        ret
