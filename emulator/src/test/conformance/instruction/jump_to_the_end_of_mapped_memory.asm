; Code that ends with the last byte of a mapped page runs; falling through faults at the next page.
;
; manual: SDM 3A 6.15 (interrupt 14)
; expect:
;   #PF error=0x10 rip=0x80001000 cr2=0x80001000
;   eax=0x1

%include "runtime/conformance.inc"

        section .text
global  jump_to_the_end_of_mapped_memory
jump_to_the_end_of_mapped_memory:
        mov     rcx, 0x90_0000_0001_b8
        mov     [rel scratch + PAGE - 8], rcx
        mov     word [rel scratch + PAGE - 2], 0x9090
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW + PAGE - 8
        xor     eax, eax
        CATCH   {jmp rbx}
        FACT    "eax", rax
        ret
