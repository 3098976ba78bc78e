; ICR reads as it was written, with its delivery status idle.
;
; manual: SDM 3A 10.6.1
; expect:
;   high=0x5000000
;   pending=0x0
;   vector=0x40

%include "runtime/conformance.inc"

        section .text
global  apic_command_register_reads_back
apic_command_register_reads_back:
; to an APIC id that nobody has
        APIC_WRITE LAPIC_ICR_HIGH, 0x0500_0000
        APIC_WRITE LAPIC_ICR, ICR_ASSERT | 0x40
        APIC_READ LAPIC_ICR_HIGH
        FACT    "high", rax
        APIC_READ LAPIC_ICR
        mov     ebx, eax
        and     eax, ICR_PENDING
        FACT    "pending", rax
        and     ebx, 0xff
        FACT    "vector", rbx
        ret
