; In x2APIC mode a CPU sends itself an interrupt by SELF IPI, or by ICR in one write, and ends it by the EOI
; register.
;
; manual: SDM 3A 10.12.9, 10.12.11
; expect:
;   isr=0x1
;   interrupt 0x40
;   interrupt 0x41

%include "runtime/conformance.inc"

        section .text
global  interrupt_to_oneself
interrupt_to_oneself:
        NEED    1, 0, ecx, 21, "x2APIC"
        WRITE_MSR MSR_APIC_BASE, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE | APIC_BASE_X2APIC
        WRITE_MSR MSR_X2APIC + 0x3f, 0x40
        READ_MSR MSR_X2APIC + 0x22
        FACT    "isr", rax
        sti
        nop
        nop
        cli
; physical id 0
        WRITE_MSR MSR_X2APIC + 0x30, ICR_ASSERT | 0x41
        sti
        call    cpus_pause
        cli
        ret
