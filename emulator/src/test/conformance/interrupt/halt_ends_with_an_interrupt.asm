; HLT waits for an interrupt, whose RIP is the one behind it; STI before it leaves no gap.
;
; manual: SDM 2A HLT; 2B STI
; expect:
;   rip=0x2
;   on we go

%include "runtime/conformance.inc"

        section .text
global  halt_ends_with_an_interrupt
halt_ends_with_an_interrupt:
        HANDLE  0x40, .handler
        TIMER   0x40, 10_000
        SPOT
        sti
        hlt
        cli
        SAY     "on we go"
        ret
.handler:
        mov     rcx, [rdi + FRAME_RIP]
        sub     rcx, [rel spot]
        FACT    "rip", rcx
        APIC_WRITE LAPIC_EOI, 0
        ret
