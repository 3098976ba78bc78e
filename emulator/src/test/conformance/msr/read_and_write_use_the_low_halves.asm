; RDMSR clears the upper halves of RAX and RDX; WRMSR ignores them, and that of RCX.
;
; manual: SDM 2B RDMSR, WRMSR
; expect:
;   rax=0x9abcdef0
;   rdx=0x1234

%include "runtime/conformance.inc"

        section .text
global  read_and_write_use_the_low_halves
read_and_write_use_the_low_halves:
        mov     rcx, 0xffff_ffff_0000_0000 | MSR_KERNEL_GS_BASE
        mov     rax, 0xffff_ffff_9abc_def0
        mov     rdx, 0xffff_ffff_0000_1234
        wrmsr
        mov     rax, -1
        mov     rdx, -1
        rdmsr
        FACT    "rax", rax
        FACT    "rdx", rdx
        ret
