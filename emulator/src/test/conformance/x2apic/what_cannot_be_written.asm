; In x2APIC mode a write to a register that can only be read, a value other than 0 to EOI and reserved bits are a
; #GP(0); so is a register that does not exist.
;
; manual: SDM 3A 10.12.1.2, 10.12.1.3
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  what_cannot_be_written
what_cannot_be_written:
        NEED    1, 0, ecx, 21, "x2APIC"
        WRITE_MSR MSR_APIC_BASE, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE | APIC_BASE_X2APIC
        xor     eax, eax
        xor     edx, edx
; id
        mov     ecx, MSR_X2APIC + 0x02
        CATCH   {wrmsr}
; EOI
        mov     ecx, MSR_X2APIC + 0x0b
        mov     eax, 1
        CATCH   {wrmsr}
; TPR
        mov     ecx, MSR_X2APIC + 0x08
        mov     eax, 0x100
        CATCH   {wrmsr}
; the upper half of ICR is ICR's own: there is no second register for it
        mov     ecx, MSR_X2APIC + 0x31
        CATCH   {rdmsr}
; EOI cannot be read
        mov     ecx, MSR_X2APIC + 0x0b
        CATCH   {rdmsr}
        ret
