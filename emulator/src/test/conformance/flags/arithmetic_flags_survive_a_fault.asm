; The flags that an instruction reads are the same after a fault and its return, in the middle of a chain of
; carries.
;
; manual: SDM 3A 6.5
; expect:
;   low=0x0
;   high=0x1

%include "runtime/conformance.inc"

        section .text
global  arithmetic_flags_survive_a_fault
arithmetic_flags_survive_a_fault:
        HANDLE  VECTOR_PF, .handler
        mov     ebx, WINDOW
        mov     rax, -1
        xor     ecx, ecx
        add     rax, 1
; faults once, with CF pending from the addition
        mov     rdx, [rbx]
        adc     rcx, 0
        FACT    "low", rax
        FACT    "high", rcx
        ret
.handler:
        MAP     0, scratch, PTE_P
        ret
