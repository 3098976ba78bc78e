; The PIT's first counter raises IRQ 0; the PIC gives its vector and LINT0 as ExtINT lets it in, past the local
; APIC's ISR.
;
; manual: SDM 3A 10.5.1, 10.6.1; 8259A data sheet
; expect:
;   vector=0x20
;   isr=0x0

%include "runtime/conformance.inc"

        section .text
global  pit_comes_through_the_first_pic
pit_comes_through_the_first_pic:
        HANDLE  PIC_BASE, .handler
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     al, 0xfe
        out     PIC1 + 1, al
        PIT_ONCE 100
        AWAIT   scratch, 1
        ret
.handler:
        inc     qword [rel scratch]
        FACT    "vector", qword [rdi + FRAME_VECTOR]
        APIC_READ LAPIC_ISR + 0x10
        FACT    "isr", rax
        mov     al, PIC_EOI
        out     PIC1, al
        ret
