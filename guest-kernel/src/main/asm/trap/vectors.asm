; The first instructions of every exception and interrupt, one stub a vector.
; Each leaves a TrapStack, whether or not the CPU pushes an error code for it.

%include "abi/machine.inc"
%include "abi/kernel.inc"

section .text

%macro VECTOR number
        align   TRAP_STUB_SIZE
        push    0
        push    %number
        jmp     near trap_entry
%endmacro

%macro VECTOR_WITH_ERROR number
        align   TRAP_STUB_SIZE
        push    %number
        jmp     near trap_entry
%endmacro

; These come on stacks of their own and are never a process's fault.
%macro VECTOR_FATAL number
        align   TRAP_STUB_SIZE
        push    0
        push    %number
        jmp     near trap_panic
%endmacro

; -----------------------------------------------------------------------------
; trap_vectors - stubs of vectors 0 up to the timer's, TRAP_STUB_SIZE bytes each
;
;   entered by  the vector
;   in        the CPU's frame on the stack
;   out       TrapStack on the stack; goes to trap_entry or trap_panic
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  trap_vectors
align TRAP_STUB_SIZE
trap_vectors:
        VECTOR  0
        VECTOR  1
        VECTOR_FATAL VECTOR_NMI
        VECTOR  3
        VECTOR  4
        VECTOR  5
        VECTOR  6
        VECTOR  7
        align   TRAP_STUB_SIZE
        push    VECTOR_DOUBLE_FAULT
        jmp     near trap_panic
        VECTOR  9
        VECTOR_WITH_ERROR 10
        VECTOR_WITH_ERROR 11
        VECTOR_WITH_ERROR 12
        VECTOR_WITH_ERROR 13
        VECTOR_WITH_ERROR VECTOR_PAGE_FAULT
        VECTOR  15
        VECTOR  16
        VECTOR_WITH_ERROR 17
        VECTOR_FATAL VECTOR_MACHINE_CHECK
        VECTOR  19
        VECTOR  20
        VECTOR_WITH_ERROR 21
        VECTOR  22
        VECTOR  23
        VECTOR  24
        VECTOR  25
        VECTOR  26
        VECTOR  27
        VECTOR  28
        VECTOR_WITH_ERROR 29
        VECTOR_WITH_ERROR 30
        VECTOR  31
        VECTOR  LAPIC_TIMER_VECTOR
        align   TRAP_STUB_SIZE
trap_vectors_end:

%assert trap_vectors_end - trap_vectors == (LAPIC_TIMER_VECTOR + 1) * TRAP_STUB_SIZE, "a stub is too long"

; -----------------------------------------------------------------------------
; trap_spurious - an interrupt that went away before it was served
;
;   entered by  SPURIOUS_VECTOR
;   in        the CPU's frame on the stack
;   out       back to where it came from; not acknowledged (SDM 3A 11.9)
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  trap_spurious
trap_spurious:
        iretq
