; Of R11 SYSRET takes neither RF nor VM: an instruction breakpoint at its target is raised.
;
; manual: SDM 2B SYSRET; 3B 17.3.1.1
; qemu: differs, TCG loads both (SDM 2B SYSRET)
; bochs: differs, it loads RF (SDM 2B SYSRET)
; expect:
;   #DB rip=+0x0 dr6=0x1 cpl=0x3
;   flags:

%include "runtime/conformance.inc"

DR7_ENABLE_0    equ     0x402

        section .text
global  sysret_loads_no_rf_and_no_vm
sysret_loads_no_rf_and_no_vm:
        mov     rax, .user + USER_BASE
        mov     dr0, rax
        mov     eax, DR7_ENABLE_0
        mov     dr7, rax
        TRY     .left
        mov     rcx, .user + USER_BASE
        mov     r11d, FLAG_RF | FLAG_VM | FLAG_1
        mov     rsp, user_stack_end + USER_BASE
        mov     qword [rel spot], .user
        sysretq
.user:
        nop
        CAUGHT  .left
        FLAGS   "flags", qword [rel last_flags], FLAG_RF | FLAG_VM
        ret
