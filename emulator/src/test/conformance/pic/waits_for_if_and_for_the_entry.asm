; An ExtINT request waits for IF and for the mask of LINT0, not for TPR.
;
; manual: SDM 3A 10.5.1, 10.8.3
; bochs: differs, it does not look at the mask of LINT0 (SDM 3A 10.5.1)
; expect:
;   waiting
;   masked
;   interrupt 0x20

%include "runtime/conformance.inc"

        section .text
global  waits_for_if_and_for_the_entry
waits_for_if_and_for_the_entry:
        APIC_WRITE LAPIC_LVT_LINT0, LVT_MASKED | LVT_EXTINT
        mov     al, 0xfe
        out     PIC1 + 1, al
        PIT_ONCE 100
        mov     ebx, 20
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        SAY     "waiting"
        sti
        call    cpus_pause
        SAY     "masked"
        APIC_WRITE LAPIC_TPR, 0xf0
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        call    cpus_pause
        cli
        ret
