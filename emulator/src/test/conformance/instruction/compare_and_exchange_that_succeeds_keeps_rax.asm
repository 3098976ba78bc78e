; A CMPXCHG of 32 bits that succeeds does not write the accumulator: RAX keeps its upper half, with LOCK and without,
; with memory and with a register. One that fails clears it.
;
; manual: SDM 2A CMPXCHG
; expect:
;   locked rax=0xffffffff00000011
;   memory=0x99
;   rax=0xffffffff00000099
;   memory=0x11
;   register rax=0xffffffff00000022
;   rbx=0x11
;   failed rax=0x11
;   failed locked rax=0x11
;   itself rax=0x77
;   bytes rax=0x1234567800000000

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_that_succeeds_keeps_rax
compare_and_exchange_that_succeeds_keeps_rax:
        mov     rdi, scratch
        mov     dword [rdi], 0x11
        mov     rax, 0xffff_ffff_0000_0011
        mov     ecx, 0x99
        lock cmpxchg [rdi], ecx
        FACT    "locked rax", rax
        mov     edx, [rdi]
        FACT    "memory", rdx
        mov     rax, 0xffff_ffff_0000_0099
        mov     ecx, 0x11
        cmpxchg [rdi], ecx
        FACT    "rax", rax
        mov     edx, [rdi]
        FACT    "memory", rdx
        mov     rax, 0xffff_ffff_0000_0022
        mov     ebx, 0x22
        cmpxchg ebx, ecx
        FACT    "register rax", rax
        FACT    "rbx", rbx
        mov     rax, 0xffff_ffff_0000_0022
        cmpxchg [rdi], ecx
        FACT    "failed rax", rax
        mov     rax, 0xffff_ffff_0000_0022
        lock cmpxchg [rdi], ecx
        FACT    "failed locked rax", rax
        mov     rax, 0xffff_ffff_0000_0022
        mov     ecx, 0x77
        cmpxchg eax, ecx
        FACT    "itself rax", rax
; what is not of 32 bits
        mov     rax, 0x1234_5678_0000_0011
        mov     qword [rdi], 0
        cmpxchg [rdi], al
        FACT    "bytes rax", rax
        ret
