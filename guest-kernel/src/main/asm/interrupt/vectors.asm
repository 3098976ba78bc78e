; The first instructions of the lines' interrupts, one stub a line.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "trap/frame.inc"

section .text

; -----------------------------------------------------------------------------
; interrupt_vectors - stubs of the lines' vectors, TRAP_STUB_SIZE bytes each
;
;   entered by  the vector
;   in        the CPU's frame on the stack
;   out       TrapStack on the stack; goes to trap_entry
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  interrupt_vectors
align TRAP_STUB_SIZE
interrupt_vectors:
%rep LINE_COUNT, line
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU 0
        push    0
        push    ISA_FIRST_VECTOR + %line
        jmp     near trap_entry
%endrep
        align   TRAP_STUB_SIZE
interrupt_vectors_end:

%assert interrupt_vectors_end - interrupt_vectors == LINE_COUNT * TRAP_STUB_SIZE, "a stub is too long"
