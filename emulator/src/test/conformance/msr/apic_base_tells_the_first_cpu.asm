; APIC_BASE has the address of the local APIC's registers, its enable bit, and BSP on the first CPU; its reserved
; bits are a #GP(0).
;
; manual: SDM 3A 10.4.4
; qemu: differs, TCG ignores reserved bits (SDM 3A 10.4.4)
; expect:
;   base=0xfee00900
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  apic_base_tells_the_first_cpu
apic_base_tells_the_first_cpu:
        READ_MSR MSR_APIC_BASE
        FACT    "base", rax
        mov     ecx, MSR_APIC_BASE
        xor     edx, edx
        or      eax, 1
        CATCH   {wrmsr}
        ret
