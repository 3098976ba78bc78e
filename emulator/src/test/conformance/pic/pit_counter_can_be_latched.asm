; A latched count stays while it is read, low byte first, and lies at or below the count that was set.
;
; manual: 8254 data sheet, counter latch command; SDM 3A 10.5.1
; expect:
;   counts

%include "runtime/conformance.inc"

        section .text
global  pit_counter_can_be_latched
pit_counter_can_be_latched:
        mov     al, 0x34
        out     PIT_CONTROL, al
        mov     al, 0
        out     PIT, al
        mov     al, 0x80
        out     PIT, al
        call    cpus_pause
        xor     eax, eax
        out     PIT_CONTROL, al
        in      al, PIT
        mov     bl, al
        in      al, PIT
        mov     bh, al
        movzx   ebx, bx
        cmp     ebx, 0x8000
        ja      .above
        SAY     "counts"
.above:
        ret
