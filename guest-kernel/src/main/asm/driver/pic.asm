; The two 8259s: silenced for good, the local APIC does their work.

%include "abi/machine.inc"

section .text

; -----------------------------------------------------------------------------
; pic_mask - mask all lines of both 8259s
;
;   in        nothing
;   out       no 8259 interrupt arrives
;   clobbers  rax
;   needs     before the first IF = 1: firmware leaves the PIT alive on vector 8
;   probe     none
; -----------------------------------------------------------------------------
global  pic_mask
pic_mask:
        mov     eax, PIC_MASK_ALL
        out     PIC1_DATA_PORT, al
        out     PIC2_DATA_PORT, al
        ret
