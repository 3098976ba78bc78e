; A data breakpoint on writes is a trap behind the instruction that wrote; reads do not raise it.
;
; manual: SDM 3B 17.3.1.2
; expect:
;   #DB rip=+0x3 dr6=0x2
;   no exception
;   memory=0x55

%include "runtime/conformance.inc"

        section .text
global  breakpoint_on_a_write
breakpoint_on_a_write:
; DR1, on writes of 8 bytes
DR7_WRITE       equ     0x408 | 0x9 << 20
        mov     ebx, scratch
        mov     dr1, rbx
        mov     eax, DR7_WRITE
        mov     dr7, rax
        mov     ecx, 0x55
        CATCH   {mov [rbx], rcx}
        mov     eax, DR7_WRITE
        mov     dr7, rax
        CATCH   {mov rdx, [rbx]}
        xor     eax, eax
        mov     dr7, rax
        FACT    "memory", qword [rel scratch]
        ret
