; Without paging a linear address is the physical one, and exceptions push 32-bit frames: EIP comes back, an error
; code where there is one.
;
; manual: SDM 3A 6.12.1, 6.13
; expect:
;   #UD rip=+0x0
;   #BP rip=+0x1
;   #GP error=0x58 rip=+0x0
;   #DE rip=+0x0
;   memory=0x42

%include "runtime/conformance.inc"

        section .text
global  protected_mode_without_paging
protected_mode_without_paging:
        LEGACY  0, 0, 0, .narrow
        FACT    "memory", qword [rel scratch]
        ret
bits 32
.narrow:
        mov     dword [scratch], 0x42
        LEGACY_CATCH {ud2}
        LEGACY_CATCH {int3}
; an empty descriptor
        mov     eax, SPARE
        LEGACY_CATCH {mov fs, eax}
        xor     ecx, ecx
        LEGACY_CATCH {div ecx}
        ret
bits 64
