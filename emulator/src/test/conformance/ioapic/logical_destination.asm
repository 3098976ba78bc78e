; An entry with the logical mode sends to the CPUs whose LDR matches.
;
; manual: 82093AA data sheet 3.2.4; SDM 3A 10.6.2.2
; expect:
;   interrupt 0x51

%include "runtime/conformance.inc"

        section .text
global  logical_destination
logical_destination:
        APIC_WRITE LAPIC_LDR, 0x1000_0000
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * IOAPIC_PIT + 1, 0x3000_0000
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * IOAPIC_PIT, 0x51 | 1 << 11
        PIT_ONCE 100
        mov     ebx, 50
        sti
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        cli
        ret
