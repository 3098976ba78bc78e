; A segment prefix moves the source of MOVS and LODS; the destination is always ES's, which has base 0.
;
; manual: SDM 2B MOVS
; expect:
;   loaded=0x77
;   moved=0x77

%include "runtime/conformance.inc"

        section .text
global  string_instruction_takes_a_segment_for_its_source
string_instruction_takes_a_segment_for_its_source:
        mov     qword [rel scratch + 0x100], 0x77
        WRITE_MSR MSR_GS_BASE, scratch
        mov     esi, 0x100
; lodsq and movsq with GS
        db      0x65, 0x48, 0xad
        FACT    "loaded", rax
        mov     esi, 0x100
        mov     rdi, scratch + 0x200
        db      0x65, 0x48, 0xa5
        FACT    "moved", qword [rel scratch + 0x200]
        ret
