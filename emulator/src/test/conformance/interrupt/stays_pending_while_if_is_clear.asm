; An interrupt waits in IRR while IF is 0 and leaves it for ISR when it is taken.
;
; manual: SDM 3A 10.8.4
; expect:
;   irr=0x1
;   isr=0x0
;   taken irr=0x0
;   taken isr=0x1
;   over isr=0x0

%include "runtime/conformance.inc"

        section .text
global  stays_pending_while_if_is_clear
stays_pending_while_if_is_clear:
        SEND_SELF 0x40
        APIC_READ LAPIC_IRR + 0x20
        FACT    "irr", rax
        APIC_READ LAPIC_ISR + 0x20
        FACT    "isr", rax
        HANDLE  0x40, .handler
        sti
        nop
        nop
        cli
        APIC_READ LAPIC_ISR + 0x20
        FACT    "over isr", rax
        ret
.handler:
        APIC_READ LAPIC_IRR + 0x20
        FACT    "taken irr", rax
        APIC_READ LAPIC_ISR + 0x20
        FACT    "taken isr", rax
        APIC_WRITE LAPIC_EOI, 0
        ret
