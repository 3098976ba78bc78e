; In mode 2 the PIT raises IRQ 0 again and again.
;
; manual: 8254 data sheet, mode 2; SDM 3A 10.5.1
; expect:
;   three

%include "runtime/conformance.inc"

        section .text
global  pit_fires_at_each_period
pit_fires_at_each_period:
        HANDLE  PIC_BASE, .handler
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     al, 0xfe
        out     PIC1 + 1, al
        mov     al, 0x34
        out     PIT_CONTROL, al
        mov     al, 0xe8
        out     PIT, al
        mov     al, 3
        out     PIT, al
        AWAIT   scratch, 3
        cmp     qword [rel scratch], 3
        jb      .late
        SAY     "three"
.late:
        ret
.handler:
        inc     qword [rel scratch]
        mov     al, PIC_EOI
        out     PIC1, al
        ret
