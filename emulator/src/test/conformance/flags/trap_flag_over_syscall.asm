; SYSCALL at level 3 with TF set and in FMASK enters its kernel without a step there: TF is clear at the first
; instruction.
;
; manual: SDM 2B SYSCALL; 3B 17.3.1.4
; expect:
;   flags:
;   r11: TF

%include "runtime/conformance.inc"

        section .text
global  trap_flag_over_syscall
trap_flag_over_syscall:
        WRITE_MSR MSR_LSTAR, .kernel
        WRITE_MSR MSR_FMASK, FLAG_TF
        HANDLE  VECTOR_DB, .step
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_TF
        syscall
.kernel:
        nop
        LEAVE
        CAUGHT  .left
        FLAGS   "flags", qword [rel last_flags], FLAG_TF
        FLAGS   "r11", r11, FLAG_TF
        ret
; the step owed for SYSCALL itself comes before the kernel's first instruction on some CPUs
.step:
        ret
