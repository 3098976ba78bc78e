; HLT with TF set is stepped like any other instruction: the #DB behind it ends the halt, before an interrupt does.
;
; manual: SDM 2A HLT; 3A 6.9; 3B 17.3.1.4
; qemu: hangs, TCG halts, for ever where the timer came before (SDM 3A 6.9: traps come before interrupts)
; expect:
;   #DB rip=+0xb dr6=0x4000

%include "runtime/conformance.inc"

        section .text
global  single_step_ends_a_halt
single_step_ends_a_halt:
        TIMER   0x40, 100000
        TRY     .after
        pushfq
        or      qword [rsp], FLAG_TF | FLAG_IF
        popfq
        hlt
        nop
        CAUGHT  .after
        ret
