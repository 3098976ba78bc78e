; An edge at a masked input sends nothing.
;
; manual: 82093AA data sheet 3.2.4; SDM 3A 10.8
; expect:
;   nothing

%include "runtime/conformance.inc"

        section .text
global  masked_input_sends_nothing
masked_input_sends_nothing:
        IOAPIC_WRITE IOAPIC_REDIRECTION + 2 * IOAPIC_PIT, REDIRECT_MASKED | 0x51
        PIT_ONCE 100
        mov     ebx, 50
        sti
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        cli
        SAY     "nothing"
        ret
