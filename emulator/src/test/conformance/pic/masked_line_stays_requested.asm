; A masked line's request is in the PIC's IRR and comes when the mask goes.
;
; manual: 8259A data sheet, OCW1 and OCW3; SDM 3A 10.5.1
; expect:
;   irr=0x1
;   masked
;   interrupt 0x20

%include "runtime/conformance.inc"

        section .text
global  masked_line_stays_requested
masked_line_stays_requested:
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        PIT_ONCE 100
        mov     ebx, 200
.wait:
        call    cpus_pause
; OCW3: read IRR
        mov     al, 0x0a
        out     PIC1, al
        in      al, PIC1
        test    al, 1
        jnz     .requested
        dec     ebx
        jnz     .wait
.requested:
        movzx   eax, al
        and     eax, 1
        FACT    "irr", rax
        sti
        call    cpus_pause
        SAY     "masked"
        mov     al, 0xfe
        out     PIC1 + 1, al
        call    cpus_pause
        cli
        ret
