; With AEOI in ICW4 a line is out of service as soon as it is acknowledged.
;
; manual: 8259A data sheet, ICW4; SDM 3A 10.5.1
; expect:
;   vector=0x70
;   isr=0x0

%include "runtime/conformance.inc"

        section .text
global  automatic_end_of_interrupt
automatic_end_of_interrupt:
        HANDLE  0x70, .handler
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     al, 0x11
        out     PIC1, al
        mov     al, 0x70
        out     PIC1 + 1, al
        mov     al, 4
        out     PIC1 + 1, al
        mov     al, 3
        out     PIC1 + 1, al
        mov     al, 0xfe
        out     PIC1 + 1, al
        PIT_ONCE 100
        AWAIT   scratch, 1
        ret
.handler:
        inc     qword [rel scratch]
        FACT    "vector", qword [rdi + FRAME_VECTOR]
        mov     al, 0x0b
        out     PIC1, al
        in      al, PIC1
        movzx   eax, al
        FACT    "isr", rax
        ret
