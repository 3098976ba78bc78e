; With CR4.DE a breakpoint can be on a port: a trap behind IN or OUT.
;
; manual: SDM 3B 17.2.4
; expect:
;   #DB rip=+0x1 dr6=0x1
;   no exception

%include "runtime/conformance.inc"

        section .text
global  breakpoint_on_a_port
breakpoint_on_a_port:
; DR0, on I/O of 1 byte
DR7_PORT        equ     0x401 | 0x2 << 16
        SET_CR  cr4, CR4_DE
        mov     edx, PIC1 + 1
        mov     dr0, rdx
        mov     eax, DR7_PORT
        mov     dr7, rax
        CATCH   {in al, dx}
        mov     edx, PIC2 + 1
        CATCH   {in al, dx}
        xor     eax, eax
        mov     dr7, rax
        ret
