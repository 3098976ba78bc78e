; In compatibility mode Intel has no SYSCALL, it is a #UD; AMD enters at CSTAR with RIP in ECX.
;
; manual: SDM 2B SYSCALL (#UD if not in 64-bit mode); APM 3 SYSCALL
; qemu: differs, -cpu max is an AMD CPU (APM 3 SYSCALL)
; expect:
;   #UD rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  syscall_in_compatibility_mode
syscall_in_compatibility_mode:
        WRITE_MSR MSR_CSTAR, .entry
        TRY     .left
        ENTER_COMPAT FLAG_1
bits 32
        db      0x0f, 0x05
bits 64
.entry:
        SAY     "entered"
        LEAVE
        CAUGHT  .left
        ret
