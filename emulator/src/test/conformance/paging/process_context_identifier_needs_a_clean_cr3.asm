; CR4.PCIDE cannot be set while CR3 has bits 0 to 11, a #GP(0); where CPUID lacks PCID it cannot be set at all.
;
; manual: SDM 3A 4.10.1; 2B MOV
; expect:
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  process_context_identifier_needs_a_clean_cr3
process_context_identifier_needs_a_clean_cr3:
        NEED    1, 0, ecx, 17, "PCID"
        mov     rax, cr3
        or      rax, PTE_PWT
        mov     cr3, rax
        mov     rbx, cr4
        or      rbx, CR4_PCIDE
        CATCH   {mov cr4, rbx}
        ret
