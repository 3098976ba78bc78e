; Sending one of the vectors 0 to 15 delivers nothing and is told in ESR, which a write brings up to date.
;
; manual: SDM 3A 10.5.3
; qemu: differs, it delivers the vector (SDM 3A 10.5.3)
; bochs: differs, it tells of no error (SDM 3A 10.5.3)
; expect:
;   sent illegal=0x20
;   cleared=0x0

%include "runtime/conformance.inc"

        section .text
global  vector_below_16_is_an_error
vector_below_16_is_an_error:
        SEND_SELF 0x0f
        sti
        call    cpus_pause
        cli
        APIC_WRITE LAPIC_ESR, 0
        APIC_READ LAPIC_ESR
        and     eax, 0x20
        FACT    "sent illegal", rax
        APIC_WRITE LAPIC_ESR, 0
        APIC_READ LAPIC_ESR
        and     eax, 0x20
        FACT    "cleared", rax
        ret
