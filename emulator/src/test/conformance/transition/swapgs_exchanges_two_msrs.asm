; SWAPGS exchanges the base of GS with KERNEL_GS_BASE and changes nothing else.
;
; manual: SDM 2B SWAPGS
; expect:
;   gs=0x123456789000
;   kernel=0x440000
;   read=0x77

%include "runtime/conformance.inc"

        section .text
global  swapgs_exchanges_two_msrs
swapgs_exchanges_two_msrs:
        mov     qword [rel scratch + 8], 0x77
        WRITE_MSR MSR_GS_BASE, scratch
        mov     rdx, 0x1234_5678_9000
        mov     eax, edx
        shr     rdx, 32
        mov     ecx, MSR_KERNEL_GS_BASE
        wrmsr
        mov     rbx, gs:[8]
        swapgs
        READ_MSR MSR_GS_BASE
        FACT    "gs", rax
        READ_MSR MSR_KERNEL_GS_BASE
        FACT    "kernel", rax
        FACT    "read", rbx
        ret
