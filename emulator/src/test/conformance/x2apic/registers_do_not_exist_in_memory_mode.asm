; Outside x2APIC mode its MSRs are a #GP(0).
;
; manual: SDM 3A 10.12.1.2
; qemu: differs, TCG answers them (SDM 3A 10.12.1.2)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  registers_do_not_exist_in_memory_mode
registers_do_not_exist_in_memory_mode:
        mov     ecx, MSR_X2APIC + 0x02
        CATCH   {rdmsr}
        xor     eax, eax
        xor     edx, edx
        mov     ecx, MSR_X2APIC + 0x08
        CATCH   {wrmsr}
        ret
