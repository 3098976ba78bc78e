; A specific EOI ends the line that it names and no other.
;
; manual: 8259A data sheet, OCW2; SDM 3A 10.5.1
; expect:
;   other=0x1
;   own=0x0

%include "runtime/conformance.inc"

        section .text
global  specific_end_of_interrupt
specific_end_of_interrupt:
        HANDLE  PIC_BASE, .handler
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     al, 0xfe
        out     PIC1 + 1, al
        PIT_ONCE 100
        AWAIT   scratch, 1
; EOI of line 3
        mov     al, 0x63
        out     PIC1, al
        call    .service
        FACT    "other", rax
; EOI of line 0
        mov     al, 0x60
        out     PIC1, al
        call    .service
        FACT    "own", rax
        ret
.service:
        mov     al, 0x0b
        out     PIC1, al
        in      al, PIC1
        movzx   eax, al
        ret
.handler:
        inc     qword [rel scratch]
        ret
