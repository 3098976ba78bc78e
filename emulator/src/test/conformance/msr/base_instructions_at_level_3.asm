; With CR4.FSGSBASE RDFSBASE, WRFSBASE, RDGSBASE and WRGSBASE work at level 3; their 32-bit forms clear the upper
; half.
;
; manual: SDM 2B RDFSBASE; 2D WRFSBASE
; expect:
;   no exception
;   no exception
;   gs=0x123456789000
;   rcx=0x56789000
;   no exception
;   fs=0x55555555

%include "runtime/conformance.inc"

        section .text
global  base_instructions_at_level_3
base_instructions_at_level_3:
        NEED    7, 0, ebx, 0, "FSGSBASE"
        SET_CR  cr4, CR4_FSGSBASE
        mov     rbx, 0x1234_5678_9000
        mov     rcx, -1
        CATCH_USER {wrgsbase rbx}
        CATCH_USER {rdgsbase ecx}
        push    rcx
        READ_MSR MSR_GS_BASE
        FACT    "gs", rax
        pop     rcx
        FACT    "rcx", rcx
        mov     rbx, 0x5555_5555_5555_5555
        CATCH_USER {wrfsbase ebx}
        READ_MSR MSR_FS_BASE
        FACT    "fs", rax
        ret
