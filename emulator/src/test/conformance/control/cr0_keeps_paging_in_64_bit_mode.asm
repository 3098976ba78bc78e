; Clearing CR0.PG in 64-bit code is a #GP(0): long mode is left through compatibility mode.
;
; manual: SDM 2B MOV (control registers)
; qemu: hangs, TCG takes it and goes on in 64-bit mode without paging (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  cr0_keeps_paging_in_64_bit_mode
cr0_keeps_paging_in_64_bit_mode:
        mov     rax, cr0
        btr     eax, 31
        CATCH   {mov cr0, rax}
        ret
