; Clearing CR4.PAE in long mode is a #GP(0).
;
; manual: SDM 2B MOV (control registers)
; qemu: hangs, TCG clears CR4.PAE in long mode (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  cr4_keeps_physical_address_extension_in_long_mode
cr4_keeps_physical_address_extension_in_long_mode:
        mov     rax, cr4
        and     eax, ~CR4_PAE
        CATCH   {mov cr4, rax}
        ret
