; Two breakpoints that one instruction meets are one #DB with both bits in DR6.
;
; manual: SDM 3B 17.2.3
; qemu: differs, TCG tells of the first (SDM 3B 17.2.3)
; expect:
;   #DB rip=+0x3 dr6=0x3

%include "runtime/conformance.inc"

        section .text
global  several_breakpoints_at_once
several_breakpoints_at_once:
; DR0 and DR1, on writes of 4 bytes
DR7_TWO         equ     0x405 | 0xd << 16 | 0xd << 20
        mov     ebx, scratch
        mov     dr0, rbx
        lea     rax, [rbx + 4]
        mov     dr1, rax
        mov     eax, DR7_TWO
        mov     dr7, rax
        CATCH   {mov [rbx], rcx}
        xor     eax, eax
        mov     dr7, rax
        ret
