; Loading DS with a descriptor that is not present is a #NP with the selector; FS and GS as well, and a far return
; to code.
;
; manual: SDM 3A 6.15 (interrupt 11)
; expect:
;   #NP error=0x58 rip=+0x0
;   #NP error=0x58 rip=+0x0
;   #NP error=0x60 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  segment_not_present
segment_not_present:
        mov     rax, 0x00cf_1300_0000_ffff
        mov     [gdt + SPARE], rax
        mov     rax, 0x00af_1b00_0000_ffff
        mov     [gdt + SPARE + 8], rax
        mov     eax, SPARE
        CATCH   {mov ds, eax}
        CATCH   {mov gs, eax}
        TRY     .return
        push    SPARE + 8
        push    .return
        SPOT
        retfq
        CAUGHT  .return
        ret
