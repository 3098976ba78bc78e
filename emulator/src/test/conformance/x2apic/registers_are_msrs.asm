; In x2APIC mode the registers are MSRs from 0x800 on: the id has 32 bits, LDR follows from it, and DFR does not
; exist.
;
; manual: SDM 3A 10.12.1, 10.12.10.2
; bochs: differs, it does not enable a local APIC again that a program before has disabled; alone it prints the
;   same (SDM 3A 10.12.5)
; expect:
;   base=0xfee00d00
;   id=0x0
;   ldr=0x1
;   #GP error=0x0 rip=+0x0
;   svr=0x1ff

%include "runtime/conformance.inc"

        section .text
global  registers_are_msrs
registers_are_msrs:
        NEED    1, 0, ecx, 21, "x2APIC"
        WRITE_MSR MSR_APIC_BASE, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE | APIC_BASE_X2APIC
        READ_MSR MSR_APIC_BASE
        FACT    "base", rax
        READ_MSR MSR_X2APIC + 0x02
        FACT    "id", rax
        READ_MSR MSR_X2APIC + 0x0d
        FACT    "ldr", rax
        mov     ecx, MSR_X2APIC + 0x0e
        CATCH   {rdmsr}
        READ_MSR MSR_X2APIC + 0x0f
        FACT    "svr", rax
        ret
