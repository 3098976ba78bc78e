; EFER.LMA reads as 1 in long mode, whatever is written there.
;
; manual: SDM 3A 2.2.1
; expect:
;   efer=0x500

%include "runtime/conformance.inc"

        section .text
global  long_mode_active_cannot_be_written
long_mode_active_cannot_be_written:
        WRITE_MSR MSR_EFER, EFER_LME
        READ_MSR MSR_EFER
        FACT    "efer", rax
        ret
