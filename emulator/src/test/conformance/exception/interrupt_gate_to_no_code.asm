; A gate whose selector is null, data or 32-bit code is a #GP with the selector; EXT stays clear for INT n.
;
; manual: SDM 2A INT n
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x30 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  interrupt_gate_to_no_code
interrupt_gate_to_no_code:
        mov     word [idt + 0x40 * 16 + 2], 0
        CATCH   {int 0x40}
        mov     word [idt + 0x40 * 16 + 2], KERNEL_DATA
        CATCH   {int 0x40}
        mov     word [idt + 0x40 * 16 + 2], KERNEL_CODE32
        CATCH   {int 0x40}
        ret
