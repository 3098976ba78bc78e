; The first instructions of every exception and interrupt, one stub a vector.
; Each leaves a TrapStack, whether or not the CPU pushes an error code for it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "trap/frame.inc"

section .text

%macro VECTOR number
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU 0
        push    0
        push    %number
        jmp     near trap_entry
%endmacro

%macro VECTOR_WITH_ERROR number
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU TrapStack_rip - TrapStack_error
        push    %number
        jmp     near trap_entry
%endmacro

; These come on stacks of their own and are never a process's fault.
%macro VECTOR_FATAL number
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU 0
        push    0
        push    %number
        jmp     near trap_panic
%endmacro

; -----------------------------------------------------------------------------
; trap_vectors - stubs of vectors 0 up to the local APIC's, TRAP_STUB_SIZE bytes each
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
        VECTOR  VECTOR_DIVIDE
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU 0
        push    0
        push    VECTOR_DEBUG
        jmp     near trap_debug
%if SMP
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU 0
        push    0
        push    VECTOR_NMI
        jmp     near trap_nmi
%else
        VECTOR_FATAL VECTOR_NMI
%endif
        VECTOR  VECTOR_BREAKPOINT
        VECTOR  VECTOR_OVERFLOW
        VECTOR  VECTOR_BOUND
        VECTOR  VECTOR_OPCODE
        VECTOR  VECTOR_DEVICE
        align   TRAP_STUB_SIZE
        FRAME_OF_CPU TrapStack_rip - TrapStack_error
        push    VECTOR_DOUBLE_FAULT
        jmp     near trap_panic
        VECTOR  9                       ; reserved
        VECTOR_WITH_ERROR VECTOR_TASK_STATE
        VECTOR_WITH_ERROR VECTOR_SEGMENT
        VECTOR_WITH_ERROR VECTOR_STACK
        VECTOR_WITH_ERROR VECTOR_PROTECTION
        VECTOR_WITH_ERROR VECTOR_PAGE_FAULT
        VECTOR  15                      ; reserved
        VECTOR  VECTOR_FLOAT
        VECTOR_WITH_ERROR VECTOR_ALIGNMENT
        VECTOR_FATAL VECTOR_MACHINE_CHECK
        VECTOR  VECTOR_SIMD
        VECTOR  VECTOR_VIRTUALISATION
        VECTOR_WITH_ERROR VECTOR_CONTROL
        VECTOR  22                      ; reserved
        VECTOR  23                      ; reserved
        VECTOR  24                      ; reserved
        VECTOR  25                      ; reserved
        VECTOR  26                      ; reserved
        VECTOR  27                      ; reserved
        VECTOR  VECTOR_HYPERVISOR
        VECTOR_WITH_ERROR VECTOR_COMMUNICATION
        VECTOR_WITH_ERROR VECTOR_SECURITY
        VECTOR  31                      ; reserved
        VECTOR  LAPIC_TIMER_VECTOR
        VECTOR  RESCHEDULE_VECTOR
        VECTOR  REQUEST_VECTOR
        align   TRAP_STUB_SIZE
trap_vectors_end:

%assert trap_vectors_end - trap_vectors == (REQUEST_VECTOR + 1) * TRAP_STUB_SIZE, "a stub is too long"

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
        FRAME_OF_CPU 0
        iretq
