; Loading SS with a descriptor that is not present is a #SS with the selector.
;
; manual: SDM 3A 6.15 (interrupt 12)
; expect:
;   #SS error=0x58 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  stack_segment_not_present
stack_segment_not_present:
        mov     rax, 0x00cf_1300_0000_ffff
        mov     [gdt + SPARE], rax
        mov     eax, SPARE
        CATCH   {mov ss, eax}
        ret
