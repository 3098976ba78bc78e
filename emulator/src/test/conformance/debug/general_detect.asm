; With DR7.GD an access to a debug register is a #DB, a fault, with BD in DR6; its handler finds GD clear.
;
; manual: SDM 3B 17.2.4, 17.3.1.3
; qemu: differs, TCG has no general detect for reads (SDM 3B 17.2.4)
; expect:
;   #DB rip=+0x0 dr6=0x2000
;   dr7=0x400
;   no exception

%include "runtime/conformance.inc"

DR7_GD          equ     0x2400

        section .text
global  general_detect
general_detect:
        mov     eax, DR7_GD
        mov     dr7, rax
        CATCH   {mov rbx, dr0}
        mov     rax, dr7
        FACT    "dr7", rax
        CATCH   {mov rbx, dr0}
        ret
