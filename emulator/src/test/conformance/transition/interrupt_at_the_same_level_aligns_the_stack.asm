; In 64-bit mode the CPU pushes SS and RSP even without a change of level, from an RSP that it aligns to 16 bytes
; first.
;
; manual: SDM 3A 6.14.2
; expect:
;   ss=0x10
;   pushed rsp=0x41600d
;   frame ends at=0x416000
;   rsp afterwards=0x41600d

%include "runtime/conformance.inc"

        section .text
global  interrupt_at_the_same_level_aligns_the_stack
interrupt_at_the_same_level_aligns_the_stack:
        HANDLE  0x40, .handler
        mov     rbx, rsp
        mov     esp, rsp0_stack_end - PAGE + 13
        int     0x40
        mov     rax, rsp
        mov     rsp, rbx
        FACT    "ss", qword [rel scratch]
        FACT    "pushed rsp", qword [rel scratch + 8]
        FACT    "frame ends at", qword [rel scratch + 16]
        FACT    "rsp afterwards", rax
        ret
.handler:
        mov     rax, [rdi + FRAME_SS]
        mov     [rel scratch], rax
        mov     rax, [rdi + FRAME_RSP]
        mov     [rel scratch + 8], rax
        lea     rax, [rdi + FRAME_SIZE]
        mov     [rel scratch + 16], rax
        ret
