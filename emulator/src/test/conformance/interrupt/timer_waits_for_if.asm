; A timer that fires while IF is 0 is pending in IRR and comes once when IF is set.
;
; manual: SDM 3A 10.5.4, 10.8.4
; expect:
;   irr=0x1
;   interrupt 0x40
;   irr=0x0

%include "runtime/conformance.inc"

        section .text
global  timer_waits_for_if
timer_waits_for_if:
        TIMER   0x40, 1000
        mov     ebx, 200
.wait:
        call    cpus_pause
        dec     ebx
        jz      .late
        APIC_READ LAPIC_IRR + 0x20
        test    eax, eax
        jz      .wait
.late:
        FACT    "irr", rax
        sti
        nop
        nop
        cli
        APIC_READ LAPIC_IRR + 0x20
        FACT    "irr", rax
        ret
