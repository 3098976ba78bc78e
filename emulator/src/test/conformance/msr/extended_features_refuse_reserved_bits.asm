; A reserved bit in EFER, or a change of LME while paging is on, is a #GP(0).
;
; manual: SDM 3A 2.2.1, 9.8.5
; qemu: differs, TCG ignores both (SDM 3A 9.8.5)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   efer=0xd01

%include "runtime/conformance.inc"

        section .text
global  extended_features_refuse_reserved_bits
extended_features_refuse_reserved_bits:
        mov     ecx, MSR_EFER
        xor     edx, edx
        mov     eax, EFER_LME | EFER_LMA | EFER_NXE | EFER_SCE | 1 << 1
        CATCH   {wrmsr}
        mov     eax, EFER_LMA | EFER_NXE | EFER_SCE
        CATCH   {wrmsr}
        mov     eax, EFER_LME | EFER_LMA | EFER_NXE | EFER_SCE
        mov     edx, 1
        CATCH   {wrmsr}
        READ_MSR MSR_EFER
        FACT    "efer", rax
        ret
