; SYSCALL puts RIP into RCX and RFLAGS into R11, clears what FMASK has, and takes CS and SS from STAR. RSP stays.
;
; manual: SDM 2B SYSCALL
; qemu: differs, SYSCALL clears the arithmetic flags (SDM 2B SYSCALL: RFLAGS and not FMASK)
; expect:
;   rcx=0x2
;   r11: CF AC
;   flags: CF
;   cs=0x8
;   ss=0x10
;   rsp=0x0

%include "runtime/conformance.inc"

        section .text
global  syscall_from_64_bit_code
syscall_from_64_bit_code:
        WRITE_MSR MSR_LSTAR, .entry
        WRITE_MSR MSR_FMASK, FLAG_AC | FLAG_IF | FLAG_TF
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_CF | FLAG_AC
.call:
        syscall
        ud2
.entry:
        LEAVE
        CAUGHT  .left
        sub     rcx, .call + USER_BASE
        FACT    "rcx", rcx
        FLAGS   "r11", r11, FLAG_CF | FLAG_AC | FLAG_IF
        FLAGS   "flags", qword [rel last_flags], FLAG_CF | FLAG_AC | FLAG_IF
        FACT    "cs", qword [rel last_cs]
        FACT    "ss", qword [rel last_ss]
        mov     rcx, [rel last_rsp]
        sub     rcx, user_stack_end + USER_BASE
        FACT    "rsp", rcx
        ret
