; INTO in 32-bit code is a trap through vector 4 if OF is set and nothing if it is not; in 64-bit code it is a
; #UD.
;
; manual: SDM 2A INT n/INTO; 3A 6.15 (interrupt 4)
; expect:
;   #OF rip=+0x1 cpl=0x3
;   no exception
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  overflow_instruction
overflow_instruction:
        TRY     .set
        ENTER_COMPAT FLAG_1 | FLAG_OF
bits 32
        into
bits 64
        CAUGHT  .set
        TRY     .clear
        ENTER_COMPAT FLAG_1
bits 32
        into
bits 64
        CAUGHT  .clear
        CATCH   {db 0xce}
        ret
