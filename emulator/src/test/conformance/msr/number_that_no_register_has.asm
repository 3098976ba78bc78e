; RDMSR and WRMSR of a register that does not exist are a #GP(0), and change nothing.
;
; manual: SDM 2B RDMSR, WRMSR
; qemu: differs, TCG reads 0 and takes every write (SDM 2B RDMSR)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   rax=0x1111222233334444

%include "runtime/conformance.inc"

        section .text
global  number_that_no_register_has
number_that_no_register_has:
        mov     rax, 0x1111_2222_3333_4444
        mov     ecx, 0x1234_5678
        CATCH   {rdmsr}
        CATCH   {wrmsr}
        mov     ecx, 0xc001_ffff
        CATCH   {rdmsr}
        FACT    "rax", rax
        ret
