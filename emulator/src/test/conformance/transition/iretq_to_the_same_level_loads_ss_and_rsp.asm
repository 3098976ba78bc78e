; IRETQ in 64-bit mode pops all five words, SS and RSP too, also without a change of level; a null SS is allowed
; at level 0.
;
; manual: SDM 2A IRET; 3A 6.14.3
; expect:
;   ss=0x0
;   rsp=0x417000
;   ss=0x10

%include "runtime/conformance.inc"

        section .text
global  iretq_to_the_same_level_loads_ss_and_rsp
iretq_to_the_same_level_loads_ss_and_rsp:
        mov     rbx, rsp
        push    0
        push    rsp0_stack_end
        push    FLAG_1
        push    KERNEL_CODE
        push    .null
        iretq
.null:
        mov     eax, ss
        mov     rcx, rsp
        mov     rsp, rbx
        FACT    "ss", rax
        FACT    "rsp", rcx
        push    KERNEL_DATA
        push    rbx
        push    FLAG_1
        push    KERNEL_CODE
        push    .data
        iretq
.data:
        mov     eax, ss
        FACT    "ss", rax
        ret
