; PAT holds eight memory types; 2, 3 and anything above 7 is a #GP(0).
;
; manual: SDM 3A 11.12.2
; qemu: differs, TCG takes any value (SDM 3A 11.12.2)
; expect:
;   pat=0x7040600070406
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   pat=0x106070504010600

%include "runtime/conformance.inc"

        section .text
global  page_attribute_table_refuses_reserved_types
page_attribute_table_refuses_reserved_types:
        READ_MSR MSR_PAT
        FACT    "pat", rax
        mov     ecx, MSR_PAT
        mov     eax, 0x0007_0402
        mov     edx, 0x0007_0406
        CATCH   {wrmsr}
        mov     eax, 0x0007_0306
        CATCH   {wrmsr}
        mov     eax, 0x0007_0406
        mov     edx, 0x0807_0406
        CATCH   {wrmsr}
        WRITE_MSR MSR_PAT, 0x0106_0705_0401_0600
        READ_MSR MSR_PAT
        FACT    "pat", rax
        WRITE_MSR MSR_PAT, 0x0007_0406_0007_0406
        ret
