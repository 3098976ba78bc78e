; A return to level 3 makes DS, ES, FS and GS null where they hold what level 3 must not have.
;
; manual: SDM 2A IRET; 3A 5.8.6
; expect:
;   ds=0x0
;   es=0x23
;   fs=0x0
;   gs=0x23

%include "runtime/conformance.inc"

        section .text
global  iretq_to_level_3_clears_data_segments_of_level_0
iretq_to_level_3_clears_data_segments_of_level_0:
        mov     eax, KERNEL_DATA
        mov     ds, eax
        mov     fs, eax
        mov     eax, USER_DATA
        mov     es, eax
        mov     gs, eax
        TRY     .left
        ENTER_USER FLAG_1
        mov     eax, ds
        mov     ebx, es
        mov     ecx, fs
        mov     edx, gs
        LEAVE
        CAUGHT  .left
        FACT    "ds", rax
        FACT    "es", rbx
        FACT    "fs", rcx
        FACT    "gs", rdx
        ret
