; SYSRETQ goes to RCX with the flags of R11, but for RF and VM, and to CS = STAR + 16 and SS = STAR + 8 with RPL
; 3.
;
; manual: SDM 2B SYSRET
; expect:
;   #UD rip=+0x0 cpl=0x3
;   cs=0x2b
;   ss=0x23
;   flags: CF IF
;   rsp=0x0

%include "runtime/conformance.inc"

        section .text
global  sysret_to_64_bit_code
sysret_to_64_bit_code:
        TRY     .left
        mov     rcx, .user + USER_BASE
        mov     r11d, FLAG_CF | FLAG_IF | FLAG_RF | FLAG_1
        mov     rsp, user_stack_end + USER_BASE
        mov     qword [rel spot], .user
        sysretq
.user:
        ud2
        CAUGHT  .left
        FACT    "cs", qword [rel last_cs]
        FACT    "ss", qword [rel last_ss]
; a fault's image has RF set, whatever it was
        FLAGS   "flags", qword [rel last_flags], FLAG_CF | FLAG_IF | FLAG_VM
        mov     rcx, [rel last_rsp]
        sub     rcx, user_stack_end + USER_BASE
        FACT    "rsp", rcx
        ret
