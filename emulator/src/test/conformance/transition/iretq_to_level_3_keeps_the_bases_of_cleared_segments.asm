; A return to level 3 that makes FS and GS null takes their selectors alone: the bases stay, for IRETQ and far RET.
;
; manual: SDM 2A IRET; 2B RET; 3A 5.8.6
; expect:
;   fs=0x0
;   gs=0x0
;   by fs=0x1234
;   by gs=0x1234
;   by fs=0x1234
;   by gs=0x1234

%include "runtime/conformance.inc"

        section .text
global  iretq_to_level_3_keeps_the_bases_of_cleared_segments
iretq_to_level_3_keeps_the_bases_of_cleared_segments:
        mov     qword [scratch], 0x1234
        call    .bases
        TRY     .left
        ENTER_USER FLAG_1
        mov     eax, fs
        mov     ebx, gs
        mov     rcx, [fs:0]
        mov     rdx, [gs:8]
        LEAVE
        CAUGHT  .left
        FACT    "fs", rax
        FACT    "gs", rbx
        FACT    "by fs", rcx
        FACT    "by gs", rdx
        call    .bases
        TRY     .returned
        push    USER_DATA
        push    user_stack_end + USER_BASE
        push    USER_CODE
        push    .user + USER_BASE
        retfq
.user:
        mov     rcx, [fs:0]
        mov     rdx, [gs:8]
        LEAVE
        CAUGHT  .returned
        FACT    "by fs", rcx
        FACT    "by gs", rdx
        ret
.bases:
        mov     eax, KERNEL_DATA
        mov     fs, eax
        mov     gs, eax
        WRITE_MSR MSR_FS_BASE, scratch + USER_BASE
        WRITE_MSR MSR_GS_BASE, scratch + USER_BASE - 8
        ret
