; STI followed by CLI opens no gap: the interrupt stays pending.
;
; manual: SDM 2B STI
; expect:
;   irr=0x1
;   interrupt 0x40

%include "runtime/conformance.inc"

        section .text
global  cli_behind_sti_lets_nothing_in
cli_behind_sti_lets_nothing_in:
        SEND_SELF 0x40
        sti
        cli
        nop
        nop
        APIC_READ LAPIC_IRR + 0x20
        FACT    "irr", rax
        sti
        nop
        nop
        cli
        ret
