; LLDT and LTR of a descriptor whose base is not canonical are a #GP with its selector, and the register stays; of one
; that is not present they are a #NP.
;
; manual: SDM 1 3.3.7.1; 2A LLDT, LTR; 3A 3.5
; qemu: differs, TCG takes any base (SDM 1 3.3.7.1)
; expect:
;   #GP error=0x58 rip=+0x0
;   #GP error=0x68 rip=+0x0
;   access=0x89
;   #NP error=0x68 rip=+0x0
;   ldtr=0x0
;   tr=0x38

%include "runtime/conformance.inc"

        section .text
global  system_segments_at_non_canonical_addresses
system_segments_at_non_canonical_addresses:
        DESCRIPTOR SPARE, 0x0000_8200_0000_000f
        DESCRIPTOR SPARE + 8, 0x8000
        DESCRIPTOR SPARE + 16, 0x0000_8900_0000_0067
        DESCRIPTOR SPARE + 24, 0x8000
        mov     eax, SPARE
        CATCH   {lldt ax}
        mov     eax, SPARE + 16
        CATCH   {ltr ax}
        movzx   ebx, byte [gdt + SPARE + 16 + 5]
        FACT    "access", rbx
        DESCRIPTOR SPARE + 16, 0x0000_0900_0000_0067
        mov     eax, SPARE + 16
        CATCH   {ltr ax}
        sldt    eax
        FACT    "ldtr", rax
        str     eax
        FACT    "tr", rax
        ret
