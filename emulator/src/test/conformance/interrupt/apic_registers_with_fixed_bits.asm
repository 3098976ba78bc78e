; LDR keeps its upper 8 bits, DFR its upper 4 and ones below them, the timer's divider bits 0, 1 and 3; TPR keeps
; 8.
;
; manual: SDM 3A 10.6.2.2, 10.5.4, 10.8.3.1
; expect:
;   ldr=0x12000000
;   dfr=0xfffffff
;   divide=0xb
;   tpr=0x78
;   count=0x0

%include "runtime/conformance.inc"

        section .text
global  apic_registers_with_fixed_bits
apic_registers_with_fixed_bits:
        APIC_WRITE LAPIC_LDR, 0x1234_5678
        APIC_READ LAPIC_LDR
        FACT    "ldr", rax
        APIC_WRITE LAPIC_DFR, 0
        APIC_READ LAPIC_DFR
        FACT    "dfr", rax
        APIC_WRITE LAPIC_TIMER_DIVIDE, 0xffff_ffff
        APIC_READ LAPIC_TIMER_DIVIDE
        FACT    "divide", rax
        APIC_WRITE LAPIC_TPR, 0x1234_5678
        APIC_READ LAPIC_TPR
        FACT    "tpr", rax
        APIC_WRITE LAPIC_TIMER_CURRENT, 0x1234
        APIC_READ LAPIC_TIMER_CURRENT
        FACT    "count", rax
        ret
