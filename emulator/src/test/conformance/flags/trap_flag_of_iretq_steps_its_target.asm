; TF in the image that IRETQ pops traps behind the first instruction at its target.
;
; manual: SDM 3B 17.3.1.4
; expect:
;   #DB rip=+0x1 dr6=0x4000 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  trap_flag_of_iretq_steps_its_target
trap_flag_of_iretq_steps_its_target:
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_TF
        nop
        nop
        CAUGHT  .left
        ret
