; A pending interrupt is taken behind the instruction after STI, not before it.
;
; manual: SDM 2B STI
; expect:
;   rip=0x2

%include "runtime/conformance.inc"

        section .text
global  sti_protects_the_next_instruction
sti_protects_the_next_instruction:
        HANDLE  0x40, .handler
        SEND_SELF 0x40
        SPOT
        sti
        nop
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
