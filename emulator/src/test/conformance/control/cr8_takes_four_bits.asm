; CR8 holds 0 to 15; anything above is a #GP(0). It is bits 4 to 7 of the local APIC's TPR.
;
; manual: SDM 3A 10.8.6.1
; qemu: differs, TCG takes the low four bits of any value (SDM 3A 10.8.6.1)
; expect:
;   #GP error=0x0 rip=+0x0
;   cr8=0xf
;   tpr=0xf0

%include "runtime/conformance.inc"

        section .text
global  cr8_takes_four_bits
cr8_takes_four_bits:
        mov     eax, 15
        mov     cr8, rax
        mov     ebx, 16
        CATCH   {mov cr8, rbx}
        mov     rbx, cr8
        FACT    "cr8", rbx
        APIC_READ LAPIC_TPR
        FACT    "tpr", rax
        ret
