; POP to an address by RSP computes it after RSP has moved; a fault there leaves RSP as it was.
;
; manual: SDM 2B POP
; expect:
;   memory=0x42
;   #PF error=0x2 rip=+0x0 cr2=0x80000000
;   moved=0x0

%include "runtime/conformance.inc"

        section .text
global  pop_to_memory_addresses_with_the_new_stack_pointer
pop_to_memory_addresses_with_the_new_stack_pointer:
        push    0
        push    0x42
        pop     qword [rsp]
        pop     rax
        FACT    "memory", rax
        mov     ebx, WINDOW
        push    1
        mov     rcx, rsp
        TRY     .caught
        pop     qword [rbx]
        CAUGHT  .caught
        sub     rcx, [rel last_rsp]
        FACT    "moved", rcx
        pop     rax
        ret
