; The IOAPIC has 24 entries; Remote IRR and the delivery status cannot be written, and an entry keeps the rest.
;
; manual: 82093AA data sheet 3.2; SDM 3A 10.8
; expect:
;   entries=0x18
;   low=0x1afff
;   high=0xff000000

%include "runtime/conformance.inc"

        section .text
global  registers_with_fixed_bits
registers_with_fixed_bits:
        IOAPIC_READ 1
        shr     eax, 16
        and     eax, 0xff
        inc     eax
        FACT    "entries", rax
; an input that nothing hangs on
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * 23, 0x1_ffff
        IOAPIC_READ IOAPIC_REDIRECTION + 2 * 23
        FACT    "low", rax
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * 23 + 1, 0xff00_0000
        IOAPIC_READ IOAPIC_REDIRECTION + 2 * 23 + 1
        FACT    "high", rax
        ret
