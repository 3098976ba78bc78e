; An unmasked x87 exception is a #MF at the next instruction that waits for the x87, with CR0.NE set; one that
; does not wait passes.
;
; manual: SDM 1 8.7; 3A 6.15 (interrupt 16)
; expect:
;   no exception
;   no exception
;   #MF rip=+0x0
;   status=0x4

%include "runtime/conformance.inc"

        section .text
global  floating_point_error_waits_for_the_next_instruction
floating_point_error_waits_for_the_next_instruction:
        mov     word [rel scratch], 0x37b
        fninit
        fldcw   [rel scratch]
        fld1
        fldz
; fdivp st1, st0
        CATCH   {db 0xde, 0xf9}
        CATCH   {fnstsw ax}
        CATCH   {fwait}
        fnstsw  ax
        and     eax, 0x3f
        FACT    "status", rax
        fninit
        ret
