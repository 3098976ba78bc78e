; From disabled the local APIC goes to memory mode, from there to x2APIC mode and from there to disabled only;
; anything else is a #GP(0).
;
; manual: SDM 3A 10.12.5
; bochs: differs, it does not enable a local APIC again that was disabled, be it by the program before (SDM 3A
;   10.12.5)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   no exception
;   no exception
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  modes_change_in_order
modes_change_in_order:
        NEED    1, 0, ecx, 21, "x2APIC"
        mov     ecx, MSR_APIC_BASE
        xor     edx, edx
; x2APIC without being enabled
        mov     eax, LAPIC | APIC_BASE_BSP | APIC_BASE_X2APIC
        CATCH   {wrmsr}
; x2APIC and back to memory
        mov     eax, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE | APIC_BASE_X2APIC
        wrmsr
        mov     eax, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE
        CATCH   {wrmsr}
; disabled, then memory
        mov     eax, LAPIC | APIC_BASE_BSP
        CATCH   {wrmsr}
        mov     eax, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE
        CATCH   {wrmsr}
; disabled, then x2APIC at once
        mov     eax, LAPIC | APIC_BASE_BSP
        wrmsr
        mov     eax, LAPIC | APIC_BASE_BSP | APIC_BASE_ENABLE | APIC_BASE_X2APIC
        CATCH   {wrmsr}
        ret
