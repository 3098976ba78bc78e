; Where CPUID has SEP, SYSENTER goes to its MSRs' CS, RIP and RSP with IF clear; where it has not, it is
; undefined. Either way a program can tell.
;
; manual: SDM 2B SYSENTER
; qemu: differs, -cpu max is an AMD CPU: CPUID has SEP and SYSENTER is undefined in long mode (APM 3 SYSENTER)
; expect:
;   as told

%include "runtime/conformance.inc"

        section .text
global  system_enter_is_what_cpuid_says
system_enter_is_what_cpuid_says:
        mov     eax, 1
        cpuid
        bt      edx, 11
        jnc     .absent
        WRITE_MSR MSR_SYSENTER_CS, KERNEL_CODE
        WRITE_MSR MSR_SYSENTER_EIP, .entry
        WRITE_MSR MSR_SYSENTER_ESP, rsp0_stack_end
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_IF
        sysenter
.entry:
        LEAVE
        CAUGHT  .left
        cmp     qword [rel last_cs], KERNEL_CODE
        jne     .wrong
        cmp     qword [rel last_rsp], rsp0_stack_end
        jne     .wrong
        test    qword [rel last_flags], FLAG_IF
        jnz     .wrong
        SAY     "as told"
.wrong:
        ret
.absent:
        HANDLE  VECTOR_UD, .undefined
        TRY     .undefined_left
        ENTER_USER FLAG_1
        sysenter
        LEAVE
        CAUGHT  .undefined_left
        ret
.undefined:
        SAY     "as told"
        add     qword [rdi + FRAME_RIP], 2
        ret
