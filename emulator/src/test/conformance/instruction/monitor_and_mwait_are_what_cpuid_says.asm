; Where CPUID has MONITOR it works at level 0, with RCX = 0 only, and is a #UD at level 3; where it has not, it is
; a #UD.
;
; manual: SDM 2B MONITOR, MWAIT
; expect:
;   as told
;   #UD rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  monitor_and_mwait_are_what_cpuid_says
monitor_and_mwait_are_what_cpuid_says:
        mov     eax, 1
        cpuid
        bt      ecx, 3
        mov     rax, scratch
        mov     ecx, 0
        mov     edx, 0
        jnc     .absent
; monitor
        db      0x0f, 0x01, 0xc8
        HANDLE  VECTOR_GP, .refused
        mov     ecx, 1 << 8
; monitor
        db      0x0f, 0x01, 0xc8
        jmp     .level_3
.absent:
        HANDLE  VECTOR_UD, .refused
; monitor
        db      0x0f, 0x01, 0xc8
.level_3:
        HANDLE  VECTOR_UD, 0
        CATCH_USER {db 0x0f, 0x01, 0xc8}
        ret
.refused:
        SAY     "as told"
        add     qword [rdi + FRAME_RIP], 3
        ret
