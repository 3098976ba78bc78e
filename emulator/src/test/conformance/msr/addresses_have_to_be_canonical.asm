; An address that is not canonical in LSTAR, CSTAR, FS_BASE, GS_BASE, KERNEL_GS_BASE or SYSENTER_EIP is a #GP(0).
;
; manual: SDM 2B WRMSR
; qemu: differs, TCG takes any value (SDM 2B WRMSR)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  addresses_have_to_be_canonical
addresses_have_to_be_canonical:
        xor     eax, eax
        mov     edx, 0x8000
        mov     ecx, MSR_LSTAR
        CATCH   {wrmsr}
        mov     ecx, MSR_CSTAR
        CATCH   {wrmsr}
        mov     ecx, MSR_FS_BASE
        CATCH   {wrmsr}
        mov     ecx, MSR_GS_BASE
        CATCH   {wrmsr}
        mov     ecx, MSR_KERNEL_GS_BASE
        CATCH   {wrmsr}
        ret
