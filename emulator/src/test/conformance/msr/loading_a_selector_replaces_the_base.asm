; Loading FS or GS takes the 32-bit base of the descriptor into the MSR.
;
; manual: SDM 3A 3.4.4.1
; expect:
;   fs=0x12345600
;   gs=0x12345600

%include "runtime/conformance.inc"

        section .text
global  loading_a_selector_replaces_the_base
loading_a_selector_replaces_the_base:
        DESCRIPTOR SPARE, 0x1200_9334_5600_ffff
        WRITE_MSR MSR_FS_BASE, 0x1234_5678_0000
        WRITE_MSR MSR_GS_BASE, 0x1234_5678_0000
        mov     ebx, SPARE
        mov     fs, ebx
        mov     gs, ebx
        READ_MSR MSR_FS_BASE
        FACT    "fs", rax
        READ_MSR MSR_GS_BASE
        FACT    "gs", rax
        ret
