; LLDT takes an LDT, after which selectors with TI are looked up there; null is allowed and leaves none.
;
; manual: SDM 2A LLDT; 3A 3.4.2
; expect:
;   #GP error=0x10 rip=+0x0
;   ldtr=0x48
;   ds=0xc
;   #GP error=0x14 rip=+0x0
;   #GP error=0xc rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  local_descriptor_table
local_descriptor_table:
        mov     eax, KERNEL_DATA
        CATCH   {lldt ax}
        mov     rax, 0x00cf_9300_0000_ffff
        mov     [rel scratch + 8], rax
; limit 15: two descriptors
        DESCRIPTOR LOCAL_TABLE, 0x0000_8200_0000_000f | (SCRATCH & 0xff_ffff) << 16
        mov     eax, LOCAL_TABLE
        lldt    ax
        sldt    eax
        FACT    "ldtr", rax
        mov     ebx, 8 | 4
        mov     ds, ebx
        mov     eax, ds
        FACT    "ds", rax
        mov     ebx, 16 | 4
        CATCH   {mov ds, ebx}
        xor     eax, eax
        lldt    ax
        mov     ebx, 8 | 4
        CATCH   {mov ds, ebx}
        ret
