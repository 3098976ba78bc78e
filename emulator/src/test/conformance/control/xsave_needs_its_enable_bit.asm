; Without CR4.OSXSAVE the XSAVE family and XGETBV are a #UD; CPUID shows the bit as it is.
;
; manual: SDM 1 13.2; 2A CPUID
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   osxsave=0x0
;   osxsave=0x1

%include "runtime/conformance.inc"

        section .text
global  xsave_needs_its_enable_bit
xsave_needs_its_enable_bit:
        NEED    1, 0, ecx, 26, "XSAVE"
        mov     rbx, scratch
        xor     ecx, ecx
        CATCH   {xgetbv}
        CATCH   {xsave64 [rbx]}
        CATCH   {xrstor64 [rbx]}
        call    .look
        SET_CR  cr4, CR4_OSXSAVE
.look:
        mov     eax, 1
        cpuid
        shr     ecx, 27
        and     ecx, 1
        FACT    "osxsave", rcx
        ret
