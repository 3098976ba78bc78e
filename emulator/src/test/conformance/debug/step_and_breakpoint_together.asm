; A single step and a data breakpoint of the same instruction are one #DB with BS and the breakpoint's bit.
;
; manual: SDM 3B 17.2.3
; qemu: differs, TCG delivers the step inside the handler (SDM 3B 17.2.3)
; expect:
;   #DB rip=+0x4 dr6=0x4001

%include "runtime/conformance.inc"

DR7_WRITE       equ     0x401 | 0xd << 16

        section .text
global  step_and_breakpoint_together
step_and_breakpoint_together:
        mov     ebx, scratch
        mov     dr0, rbx
        mov     eax, DR7_WRITE
        mov     dr7, rax
        TRY     .caught
        pushfq
        or      qword [rsp], FLAG_TF
        SPOT
        popfq
        mov     [rbx], rcx
        CAUGHT  .caught
        xor     eax, eax
        mov     dr7, rax
        ret
