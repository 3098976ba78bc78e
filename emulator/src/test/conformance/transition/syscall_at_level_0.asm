; SYSCALL works at level 0 as well, and stays there.
;
; manual: SDM 2B SYSCALL
; expect:
;   rcx=0x2
;   cs=0x8

%include "runtime/conformance.inc"

        section .text
global  syscall_at_level_0
syscall_at_level_0:
        WRITE_MSR MSR_LSTAR, .entry
        TRY     .left
.call:
        syscall
        ud2
.entry:
        LEAVE
        CAUGHT  .left
        sub     rcx, .call
        FACT    "rcx", rcx
        FACT    "cs", qword [rel last_cs]
        ret
