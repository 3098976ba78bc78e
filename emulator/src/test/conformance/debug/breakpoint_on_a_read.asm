; A data breakpoint on reads and writes is raised by either, and by an access that only overlaps its bytes.
;
; manual: SDM 3B 17.2.4, 17.2.5
; expect:
;   #DB rip=+0x3 dr6=0x4
;   #DB rip=+0x3 dr6=0x4
;   #DB rip=+0x3 dr6=0x4
;   no exception

%include "runtime/conformance.inc"

        section .text
global  breakpoint_on_a_read
breakpoint_on_a_read:
; DR2, on reads and writes of 4 bytes
DR7_BOTH        equ     0x420 | 0xf << 24
        mov     ebx, scratch
        lea     rax, [rbx + 4]
        mov     dr2, rax
        mov     eax, DR7_BOTH
        mov     dr7, rax
        mov     ecx, 0x55
        CATCH   {mov rdx, [rbx]}
        CATCH   {mov cl, [rbx + 7]}
        CATCH   {mov [rbx + 5], cl}
        CATCH   {mov cl, [rbx + 3]}
        xor     eax, eax
        mov     dr7, rax
        ret
