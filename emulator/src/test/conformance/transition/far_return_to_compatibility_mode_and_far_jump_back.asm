; RETFQ reaches 32-bit code at level 0, and a far jump with a 32-bit offset comes back to 64-bit code.
;
; manual: SDM 2B RET; 2A JMP
; expect:
;   cs=0x30
;   cs=0x8

%include "runtime/conformance.inc"

        section .text
global  far_return_to_compatibility_mode_and_far_jump_back
far_return_to_compatibility_mode_and_far_jump_back:
        push    KERNEL_CODE32
        push    .narrow
        retfq
bits 32
.narrow:
        mov     ecx, cs
        jmp     KERNEL_CODE:.wide
bits 64
.wide:
        mov     eax, cs
        FACT    "cs", rcx
        FACT    "cs", rax
        ret
