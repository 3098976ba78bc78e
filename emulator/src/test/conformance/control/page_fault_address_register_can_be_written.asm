; CR2 holds 64 bits of anything, and a #GP does not change it.
;
; manual: SDM 3A 2.5
; expect:
;   #GP error=0x0 rip=+0x0
;   cr2=0x123456789abcdef0

%include "runtime/conformance.inc"

        section .text
global  page_fault_address_register_can_be_written
page_fault_address_register_can_be_written:
        mov     rax, 0x1234_5678_9abc_def0
        mov     cr2, rax
        mov     rbx, 1 << 63
        CATCH   {mov al, [rbx]}
        mov     rax, cr2
        FACT    "cr2", rax
        ret
