; With EFER.SCE clear SYSCALL and SYSRET are a #UD.
;
; manual: SDM 2B SYSCALL, SYSRET
; expect:
;   #UD rip=+0x0 cpl=0x3
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  syscall_without_its_enable_bit
syscall_without_its_enable_bit:
        WRITE_MSR MSR_EFER, EFER_LME | EFER_LMA | EFER_NXE
        CATCH_USER {syscall}
        CATCH   {sysretq}
        ret
