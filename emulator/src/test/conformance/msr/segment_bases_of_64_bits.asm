; FS and GS add the 64-bit base of their MSRs to an address; DS, ES and SS add nothing, and there is no limit.
;
; manual: SDM 3A 3.4.4
; expect:
;   fs=0x11
;   gs=0x22
;   ds=0x33

%include "runtime/conformance.inc"

        section .text
global  segment_bases_of_64_bits
segment_bases_of_64_bits:
        mov     qword [rel scratch + 8], 0x11
        mov     qword [rel scratch + PAGE + 8], 0x22
        mov     qword [rel scratch + 2 * PAGE + 8], 0x33
        WRITE_MSR MSR_FS_BASE, scratch
        WRITE_MSR MSR_GS_BASE, scratch + PAGE
; a DS with a base and a limit of one byte
        DESCRIPTOR SPARE, 0x0000_9312_3456_0000
        mov     eax, SPARE
        mov     ds, eax
        mov     rbx, fs:[8]
        FACT    "fs", rbx
        mov     rbx, gs:[8]
        FACT    "gs", rbx
        mov     rbx, [scratch + 2 * PAGE + 8]
        FACT    "ds", rbx
        ret
