; CPUID never faults, serialises, and clears the upper halves of RAX, RBX, RCX and RDX.
;
; manual: SDM 2A CPUID
; expect:
;   no exception
;   upper halves=0x0

%include "runtime/conformance.inc"

        section .text
global  cpuid_works_at_every_level
cpuid_works_at_every_level:
        mov     rax, 0xffff_ffff_0000_0000
        mov     rbx, -1
        mov     rcx, 0xffff_ffff_0000_0000
        mov     rdx, -1
        CATCH_USER {cpuid}
        or      rax, rbx
        or      rax, rcx
        or      rax, rdx
        shr     rax, 32
        FACT    "upper halves", rax
        ret
