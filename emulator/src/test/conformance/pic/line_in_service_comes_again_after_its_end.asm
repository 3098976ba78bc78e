; The PIC's ISR has the line until EOI, and the line does not come a second time before that.
;
; manual: 8259A data sheet, OCW2 and OCW3; SDM 3A 10.5.1
; expect:
;   isr=0x1
;   before the end=0x1
;   after the end=0x2
;   isr=0x0

%include "runtime/conformance.inc"

        section .text
global  line_in_service_comes_again_after_its_end
line_in_service_comes_again_after_its_end:
        HANDLE  PIC_BASE, .handler
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     al, 0xfe
        out     PIC1 + 1, al
        PIT_ONCE 100
        AWAIT   scratch, 1
        call    .service
        PIT_ONCE 100
        sti
        mov     ebx, 50
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        cli
        FACT    "before the end", qword [rel scratch]
        mov     al, PIC_EOI
        out     PIC1, al
        AWAIT   scratch, 2
        FACT    "after the end", qword [rel scratch]
        mov     al, PIC_EOI
        out     PIC1, al
.service:
; OCW3: read ISR
        mov     al, 0x0b
        out     PIC1, al
        in      al, PIC1
        movzx   eax, al
        FACT    "isr", rax
        ret
.handler:
        inc     qword [rel scratch]
        ret
