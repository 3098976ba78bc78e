; A rising edge at an input sends the vector of its entry to the local APIC that the entry names.
;
; manual: 82093AA data sheet 3.2.4; SDM 3A 10.8
; expect:
;   vector=0x51
;   isr=0x20000
;   tmr=0x0

%include "runtime/conformance.inc"

        section .text
global  edge_comes_with_the_entrys_vector
edge_comes_with_the_entrys_vector:
        HANDLE  0x51, .handler
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * IOAPIC_PIT + 1, 0
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * IOAPIC_PIT, 0x51
        PIT_ONCE 100
        AWAIT   scratch, 1
        ret
.handler:
        inc     qword [rel scratch]
        FACT    "vector", qword [rdi + FRAME_VECTOR]
        APIC_READ LAPIC_ISR + 0x20
        FACT    "isr", rax
        APIC_READ LAPIC_TMR + 0x20
        FACT    "tmr", rax
        APIC_WRITE LAPIC_EOI, 0
        ret
