; CR4.LA57 cannot change in long mode, be it that the CPU has it or not: #GP(0).
;
; manual: SDM 2B MOV (control registers); 3A 2.5
; qemu: hangs, TCG changes CR4.LA57 in long mode (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  cr4_has_57_bit_addresses_only_where_cpuid_has_them
cr4_has_57_bit_addresses_only_where_cpuid_has_them:
        mov     rax, cr4
        or      eax, CR4_LA57
        CATCH   {mov cr4, rax}
        ret
