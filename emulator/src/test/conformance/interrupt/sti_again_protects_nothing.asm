; STI with IF already set protects no further instruction.
;
; manual: SDM 2B STI
; expect:
;   rip=0x2

%include "runtime/conformance.inc"

        section .text
global  sti_again_protects_nothing
sti_again_protects_nothing:
        HANDLE  0x40, .handler
        SEND_SELF 0x40
        SPOT
        sti
        sti
        nop
        nop
        cli
        ret
.handler:
        mov     rcx, [rdi + FRAME_RIP]
        sub     rcx, [rel spot]
        FACT    "rip", rcx
        APIC_WRITE LAPIC_EOI, 0
        ret
