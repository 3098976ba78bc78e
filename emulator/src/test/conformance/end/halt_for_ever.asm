; HLT with IF clear and no NMI to come never ends.
;
; manual: SDM 2A HLT
; ends: halted for ever
; qemu: hangs, as it should (SDM 2A HLT)
; expect:
;   now

%include "runtime/conformance.inc"

        section .text
global  halt_for_ever
halt_for_ever:
        SAY     "now"
        hlt
        ret
