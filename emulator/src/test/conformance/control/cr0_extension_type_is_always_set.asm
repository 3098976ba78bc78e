; CR0.ET reads as 1, whatever is written.
;
; manual: SDM 3A 2.5
; expect:
;   et=0x10

%include "runtime/conformance.inc"

        section .text
global  cr0_extension_type_is_always_set
cr0_extension_type_is_always_set:
        mov     rax, cr0
        and     rax, ~CR0_ET
        mov     cr0, rax
        mov     rax, cr0
        and     eax, CR0_ET
        FACT    "et", rax
        ret
