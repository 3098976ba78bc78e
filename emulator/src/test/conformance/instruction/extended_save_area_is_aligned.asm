; An XSAVE area that is no multiple of 64 is a #GP(0), and so is a header with reserved bits for XRSTOR.
;
; manual: SDM 1 13.7, 13.8.1
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  extended_save_area_is_aligned
extended_save_area_is_aligned:
        NEED    1, 0, ecx, 26, "XSAVE"
        SET_CR  cr4, CR4_OSXSAVE
        xor     ecx, ecx
        xor     edx, edx
        mov     eax, 3
        xsetbv
        mov     rdi, scratch
        CATCH   {xsave64 [rdi + 32]}
        CATCH   {xrstor64 [rdi + 16]}
; a part that XCR0 does not have
        mov     qword [rdi + 512], 1 << 9
        CATCH   {xrstor64 [rdi]}
        mov     qword [rdi + 512], 0
        mov     qword [rdi + 528], 1
        CATCH   {xrstor64 [rdi]}
        ret
